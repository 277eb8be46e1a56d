// Guarantees about sizes of files.
import { expect, it } from "vitest";
import { formatBytes } from "./sizes.ts";

it.each([
  [0, "0 bytes"],
  [999, "999 bytes"],
  [1_000, "1 kB"],
  [340_400, "340 kB"],
  [1_234_567, "1.2 MB"],
  [25_000_000, "25 MB"],
  [3_000_000_000, "3 GB"],
])("%i bytes are %s", (bytes, expected) => {
  expect(formatBytes(bytes, "en-GB")).toBe(expected);
});

it("follows the language of the reader", () => {
  expect(formatBytes(1_234_567, "fr")).toMatch(/^1,2\sMo$/);
});
