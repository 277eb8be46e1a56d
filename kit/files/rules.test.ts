// Guarantees about new files: their types, sizes, names and hashes.
import { expect, test } from "vitest";
import { newId } from "#kit/data/id";
import { isNewer, judgeNewFile, judgeUsage, newFileOf } from "#kit/files/rules";

const SIZES = { image: 1_000, document: 2_000 };
const file = {
  fileName: "plan.pdf",
  contentType: "application/pdf",
  bytes: 10,
  sha256: "0".repeat(64),
};

test("a file of a kind that is taken, and of its size, is taken", () => {
  expect(judgeNewFile(file, SIZES)).toBeNull();
  expect(judgeNewFile({ ...file, contentType: "image/png", bytes: 1_000 }, SIZES)).toBeNull();
});

test.each(["text/html", "image/svg+xml", "audio/mpeg", "application/x-msdownload", "x"])(
  "%s is not taken here",
  (contentType) => {
    const refusal = "UNSUPPORTED_KIND";
    const refused = { kind: "refused", refusal, bytesMax: null, received: contentType };
    expect(judgeNewFile({ ...file, contentType }, SIZES)).toEqual(refused);
  },
);

test("a file that is too large is told how large it may be", () => {
  const image = { ...file, contentType: "image/png", bytes: 1_001 };
  expect(judgeNewFile(image, SIZES)).toEqual({
    kind: "refused",
    refusal: "TOO_LARGE",
    bytesMax: 1_000,
    received: "1001",
  });
});

test("parameters of a content type go", () => {
  const recorded = { ...file, contentType: "Audio/WebM; codecs=opus" };
  expect(newFileOf(recorded, "input.file").contentType).toBe("audio/webm");
});

test.each(["../plan.pdf", "a\\b.pdf", ".profile", "c:plan.pdf", "plan."])(
  "the name %s is refused",
  (fileName) => {
    expect(() => newFileOf({ ...file, fileName }, "input.file")).toThrow("input.file.fileName");
  },
);

test("a hash in another form is refused, together with a wrong name", () => {
  const wrong = { ...file, fileName: "a/b", sha256: "F".repeat(64) };
  expect(() => newFileOf(wrong, "input.file")).toThrow(/sha256.*; .*fileName/);
});

test("a person's files take no more room than one person has", () => {
  const usage = { openUploads: 1, bytes: 900 };
  const room = { bytesOfPersonMax: 1_000, openUploadsMax: 20 };
  const full = { kind: "full", bytesMax: 1_000, bytesLeft: 100, received: 101 };
  expect(judgeUsage(usage, 100, room)).toBeNull();
  expect(judgeUsage(usage, 101, room)).toEqual(full);
  const less = { ...room, bytesOfPersonMax: 800 };
  expect(judgeUsage(usage, 1, less)).toMatchObject({ kind: "full", bytesLeft: 0 });
});

test("a person finishes uploads before they begin the next one, from the most on", () => {
  const room = { bytesOfPersonMax: 10, openUploadsMax: 3 };
  expect(judgeUsage({ openUploads: 2, bytes: 0 }, 1, room)).toBeNull();
  const refused = { kind: "tooMany", uploadsMax: 3 };
  expect(judgeUsage({ openUploads: 3, bytes: 0 }, 1, room)).toEqual(refused);
});

test("of two pictures the one that was begun later is shown", () => {
  const [first, second] = [newId(), newId()];
  expect([isNewer(first, null), isNewer(second, first), isNewer(first, second)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isNewer(first, first)).toBe(false);
});
