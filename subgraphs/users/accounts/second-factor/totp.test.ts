// The codes are those of the standards, and count for one step before and after.
import { describe, expect, it, test } from "vitest";
import { base32 } from "#kit/input/base32";
import { codeOf, newSecret, stepOf, stepWithCode, uriOf } from "./totp.ts";

/** RFC 6238, appendix B. */
const secret = Buffer.from("12345678901234567890");

describe("the test vectors of RFC 6238 for SHA-1", () => {
  it.each([
    [59, "94287082"],
    [1_111_111_109, "07081804"],
    [1_111_111_111, "14050471"],
    [1_234_567_890, "89005924"],
    [2_000_000_000, "69279037"],
    [20_000_000_000, "65353130"],
  ])("at %i s the code is %s", (seconds, code) => {
    const step = stepOf(new Date(seconds * 1_000));
    expect(codeOf(secret, step, 8)).toBe(code);
    expect(codeOf(secret, step)).toBe(code.slice(2));
  });
});

test("the test vectors of RFC 4226", () => {
  const codes = Array.from({ length: 10 }, (_, count) => codeOf(secret, count));
  expect(codes.join(" ")).toBe(
    "755224 287082 359152 969429 338314 254676 287922 162583 399871 520489",
  );
});

test("a code counts in its step, the one before and the one after, and tells its step", () => {
  const now = new Date("2030-01-01T12:00:15Z");
  const step = stepOf(now);
  const counts = [-2, -1, 0, 1, 2].map((shift) =>
    stepWithCode(secret, codeOf(secret, step + shift), now),
  );
  expect(counts).toEqual([null, step - 1, step, step + 1, null]);
});

test.each(["", "1", "12345", "1234567", "abcdef", "１２３４５６"])("%o is no code", (code) => {
  expect(stepWithCode(secret, code, new Date())).toBeNull();
});

test("a secret has 160 bits and is another one each time", () => {
  expect(newSecret()).toHaveLength(20);
  expect(newSecret()).not.toEqual(newSecret());
});

test("the address for apps has the secret, and escapes the account", () => {
  const uri = new URL(uriOf(secret, "a&b+c@bücher.example"));
  expect(uri.protocol).toBe("otpauth:");
  expect(decodeURIComponent(uri.pathname)).toContain("Meetinity:a&b+c@bücher.example");
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: base32(secret),
    issuer: "Meetinity",
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});
