// Guarantees about the encodings of files.
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { createCompressor, encodingFor } from "./encodings.ts";

test.each([
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["GZIP;q=0.5", "gzip"],
  ["br;q=0.1, gzip;q=0.9", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["*", "br"],
  ["*;q=0", null],
  ["br;q=0, *", "gzip"],
  ["identity", null],
  ["br;q=x", null],
  ["", null],
  [undefined, null],
])("of %j the best is %j", (accepted, encoding) => {
  expect(encodingFor(accepted)).toBe(encoding);
});

test("a file is compressed once for each encoding, and stays the same", async () => {
  const bytes = Buffer.from("Meetinity ".repeat(1_000));
  const file = { path: "a.js", type: "text/javascript", etag: "", bytes, isCompressible: true };
  const { bytesOf } = createCompressor();
  const [br, again, gzip] = await Promise.all([
    bytesOf(file, "br"),
    bytesOf(file, "br"),
    bytesOf(file, "gzip"),
  ]);
  expect(again).toBe(br);
  expect(br.length).toBeLessThan(bytes.length / 10);
  expect(brotliDecompressSync(br)).toEqual(bytes);
  expect(gunzipSync(gzip)).toEqual(bytes);
});
