// Files that people send, read by a process of its own: what becomes of images, audio and
// documents, and what is refused. A file may end that process, and never the worker.
import { mkdtempSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createMedia, type Media } from "../../../kit/media/media.ts";
import type { ImageResult, MediaPurpose } from "../../../kit/media/results.ts";
import { heldBytes } from "../../kit/memory.ts";
import { log } from "../jobs/harness.ts";
import { archive, fileOf, noise, PURPOSE, pngThatSays, recording, wav } from "./made.ts";
import { readers } from "./readers.ts";

const CANARY = "canary-of-a-place";
const OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

const types = `<Types><Override PartName="/word/document.xml" ContentType="${OFFICE}.main+xml"/></Types>`;
const office = archive({ "[Content_Types].xml": types, "word/document.xml": "<w:document/>" });

let media: Media;
let photo: Buffer;

beforeAll(async () => {
  media = createMedia({ log, scanner: null, scansAll: false });
  photo = await noise(900, 600)
    .withExif({ IFD0: { Copyright: CANARY }, IFD3: { GPSLatitude: "48/1 51/1 30/1" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
});

afterAll(() => media.stop());

const process = (type: string, contents: Uint8Array | string, purpose = PURPOSE) =>
  media.process(fileOf(type, Buffer.from(contents)), purpose);

async function image(type: string, contents: Uint8Array): Promise<ImageResult> {
  const result = await process(type, contents);
  if (result.kind !== "image") throw new Error(`It is not an image: ${JSON.stringify(result)}`);
  return result;
}

describe("an image", () => {
  it("becomes upright renditions within their sizes, without a trace of its metadata", async () => {
    expect(photo.includes(CANARY)).toBe(true);
    const { width, height, renditions, placeholder } = await image("image/jpeg", photo);
    expect([width, height]).toEqual([600, 900]);
    expect(renditions.map((each) => [each.name, each.width, each.height])).toEqual([
      ["list", 64, 64],
      ["screen", 267, 400],
    ]);
    for (const contents of [...renditions.map((each) => each.contents), placeholder]) {
      const { format, exif, xmp, iptc, icc, orientation } = await sharp(contents).metadata();
      expect({ format, exif, xmp, iptc, icc, orientation }).toEqual({ format: "webp" });
      expect(Buffer.from(contents).includes(CANARY)).toBe(false);
    }
    expect(placeholder.byteLength).toBeLessThan(300);
  });

  it.each(["png", "webp", "gif", "avif"] as const)("may be %s", async (format) => {
    const contents = await noise(100, 50).toFormat(format, { effort: 1 }).toBuffer();
    const { width, height, renditions } = await image(`image/${format}`, contents);
    expect([width, height, renditions[1]?.width]).toEqual([100, 50, 100]);
  });

  it("that is smaller than a size that is cut is cut to its ratio, and never enlarged", async () => {
    const small = await noise(50, 30).png().toBuffer();
    const { renditions } = await image("image/png", small);
    expect(renditions.map(({ width, height }) => [width, height])).toEqual([
      [30, 30],
      [50, 30],
    ]);
  });

  it("that is animated becomes its first frame", async () => {
    const frames = await Promise.all(["red", "blue"].map((colour) => plain(colour)));
    const contents = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(contents, { animated: true }).metadata()).pages).toBe(2);
    const { renditions } = await image("image/gif", contents);
    const [first] = renditions;
    const { pages, dominant } = await shown(first?.contents);
    expect([pages, dominant.r > 200, dominant.b < 50]).toEqual([1, true, true]);
  });

  it("of too many pixels is refused by its header, before it is decoded", async () => {
    const bomb = pngThatSays(30_000, 30_000);
    expect(bomb.byteLength).toBeLessThan(200);
    expect(await process("image/png", bomb)).toEqual(refusal("TOO_MANY_PIXELS"));
  });

  it("that is cut off is refused", async () => {
    const png = await noise(200, 200).png().toBuffer();
    expect(await process("image/jpeg", photo.subarray(0, 20_000))).toEqual(refusal("BROKEN"));
    expect(await process("image/png", png.subarray(0, 20_000))).toEqual(refusal("BROKEN"));
  });

  it("loses what another reader would run", async () => {
    const script = "/*<script>alert(1)</script><?php system('id'); ?>*/";
    const gif = Buffer.concat([await plain("red", "gif"), Buffer.from(script)]);
    const { renditions } = await image("image/gif", gif);
    expect(renditions.some(({ contents }) => Buffer.from(contents).includes("script"))).toBe(false);
  });
});

describe("audio", () => {
  it("has a duration, also where a browser has not written it", async () => {
    const result = { kind: "audio", durationMs: 3_000 };
    expect(await process("audio/wav", wav(3))).toEqual(result);
    expect(await process("audio/webm;codecs=opus", recording(3))).toEqual(result);
  });

  it("is refused with a picture, when it is too long, and when nothing can be played", async () => {
    expect(await process("audio/webm", recording(3, "video"))).toEqual(refusal("KIND_MISMATCH"));
    expect(await process("audio/wav", wav(61))).toEqual(refusal("TOO_LONG"));
    expect(await process("audio/webm", recording(0))).toEqual(refusal("BROKEN"));
  });
});

describe("a document", () => {
  const odt = "application/vnd.oasis.opendocument.text";

  it.each([
    ["application/pdf", "%PDF-1.7\n%%EOF"],
    ["text/plain", "Bonjour,\nà demain ! 👋"],
    ["text/csv", "name;seats\nAda;2\n"],
    [OFFICE, office],
    [odt, archive({ mimetype: odt })],
  ])("is kept as it is: %s", async (type, contents) => {
    expect(await process(type, contents)).toEqual({ kind: "document" });
  });
});

describe("a file is refused", () => {
  const only = (kind: MediaPurpose["kinds"][number]) => ({ ...PURPOSE, kinds: [kind] });
  const svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

  it.each([
    ["image/svg+xml", svg],
    ["text/html", "<html></html>"],
    ["application/x-msdownload", "MZ"],
    ["application/zip", archive({ "a.txt": "a" })],
    ["video/mp4", "x"],
    ["", "x"],
  ])("when nobody takes its type: %s", async (type, contents) => {
    expect(await process(type, contents)).toEqual(refusal("UNSUPPORTED_KIND"));
  });

  it("when its purpose does not take its kind", async () => {
    const refused = await process("text/plain", "a", only("image"));
    expect(refused).toEqual(refusal("UNSUPPORTED_KIND"));
  });

  it.each([
    ["image/png", svg],
    ["image/png", "<html><script>alert(1)</script></html>"],
    ["text/plain", svg],
    ["text/plain", "\ufeff \n<!doctype html><script>alert(1)</script>"],
    ["text/plain", "#!/bin/sh\nrm -rf /"],
    ["text/plain", Buffer.from("MZ\0\0")],
    ["text/plain", Buffer.from([0xff, 0xfe, 0x41, 0x00])],
    ["application/pdf", "<html>%PDF-1.7"],
    ["application/pdf", Buffer.from("7f454c4602010100", "hex")],
    [OFFICE, archive({ "a.txt": "a" })],
  ])("when it is something else than %s: %j", async (type, contents) => {
    expect(await process(type, contents)).toEqual(refusal("KIND_MISMATCH"));
  });

  it("when its bytes are not those that were declared, however many come", async () => {
    const bytes = Buffer.from("hello");
    const sent = async (lies: object) => media.process(fileOf("text/plain", bytes, lies), PURPOSE);
    expect(await sent({ bytes: 4 })).toEqual(refusal("SIZE_MISMATCH"));
    expect(await sent({ bytes: 6 })).toEqual(refusal("SIZE_MISMATCH"));
    expect(await sent({ sha256: "0".repeat(64) })).toEqual(refusal("HASH_MISMATCH"));
  });
});

describe("the process that reads files", () => {
  it("is started again when it is killed at a file, which is then read", async () => {
    const large = await noise(3_000, 3_000).jpeg({ progressive: true }).toBuffer();
    const reading = process("image/jpeg", large);
    const pid = await vi.waitFor(() => {
      const [child] = readers();
      if (child === undefined) throw new Error("It does not run yet.");
      return child;
    });
    globalThis.process.kill(pid, "SIGKILL");
    expect((await reading).kind).toBe("image");
    expect(readers()).not.toContain(pid);
  });

  it("knows none of the worker's settings", async () => {
    await process("text/plain", "a");
    const [pid] = readers();
    if (globalThis.process.platform !== "linux") return;
    const names = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
    expect(names.filter((each) => !each.startsWith("NODE_CHANNEL_"))).toEqual([]);
  });

  it.each([
    ["takes too much time", { timeoutMs: 1 }],
    ["takes too much memory", { megabytesMax: 20 }],
  ])("is ended by a file that %s, which is refused, and the worker goes on", async (_, limits) => {
    const small = createMedia({ log, scanner: null, scansAll: false, limits });
    const refused = await small.process(fileOf("image/jpeg", photo), PURPOSE);
    expect(refused).toEqual(refusal("UNPROCESSABLE"));
    small.stop();
    expect(await process("text/plain", "a")).toEqual({ kind: "document" });
  });

  it("leaves the worker's memory and disk as they were, also after a file of 40 MB", async () => {
    const folder = mkdtempSync(join(tmpdir(), "media-test-"));
    vi.stubEnv("TMPDIR", folder);
    const before = await heldBytes();
    const large = Buffer.alloc(40_000_000, "text ");
    const peak = await media.process(fileOf("text/plain", large), PURPOSE).then(heldBytes);
    expect(peak - before - large.byteLength).toBeLessThan(10_000_000);
    expect(readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    rmdirSync(folder);
  });

  it("takes one file at a time, and the worker asks to come again when too many wait", async () => {
    const all = await Promise.allSettled(
      Array.from({ length: 40 }, () => process("text/csv", "a")),
    );
    const turnedAway = all.filter(({ status }) => status === "rejected");
    expect(turnedAway).toHaveLength(8);
    expect(turnedAway[0]).toMatchObject({ reason: { name: "JobFailure", isPermanent: false } });
  });
});

const refusal = (reason: string) => ({ kind: "refused", reason });

const plain = (background: string, format: "png" | "gif" = "png") =>
  sharp({ create: { width: 40, height: 40, channels: 3, background } })
    .toFormat(format)
    .toBuffer();

async function shown(contents: Uint8Array = new Uint8Array()) {
  const { pages = 1 } = await sharp(contents).metadata();
  return { pages, dominant: (await sharp(contents).stats()).dominant };
}
