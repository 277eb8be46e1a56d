// Guarantees of refresh tokens: only the holder of a token can open its sealed successor.
import { expect, test } from "vitest";
import {
  familyHash,
  familyOf,
  newFamily,
  newRefreshToken,
  openSuccessor,
  sealSuccessor,
  tokenHash,
} from "./refresh-tokens.ts";

const session = "018f2d6e-7c00-7abc-8def-0123456789ab";
const family = newFamily(session);

test("the holder of a token gets its successor back, byte for byte", () => {
  const token = newRefreshToken(family);
  const successor = newRefreshToken(family);
  expect(openSuccessor(token, sealSuccessor(token, successor))).toBe(successor);
});

test("stored values open nothing: neither the hash of the token nor another token is a key", () => {
  const token = newRefreshToken(family);
  const sealed = sealSuccessor(token, newRefreshToken(family));
  const hash = Buffer.from(tokenHash(token));
  for (const key of [
    newRefreshToken(family),
    hash.toString("base64url"),
    hash.toString("hex"),
    "",
  ]) {
    expect(() => openSuccessor(key, sealed)).toThrow();
  }
});

test("a changed byte is noticed at any position", () => {
  const token = newRefreshToken(family);
  const sealed = sealSuccessor(token, newRefreshToken(family));
  for (const at of sealed.keys()) {
    const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
    expect(() => openSuccessor(token, changed)).toThrow();
  }
});

test("a seal that was cut short does not open", () => {
  const token = newRefreshToken(family);
  const sealed = sealSuccessor(token, newRefreshToken(family));
  for (const length of [0, 12, 20, sealed.length - 1]) {
    expect(() => openSuccessor(token, sealed.subarray(0, length))).toThrow();
  }
});

test("tokens are unique, and have their family and 256 bits of their own", () => {
  const tokens = new Set(Array.from({ length: 1_000 }, () => newRefreshToken(family)));
  expect(tokens.size).toBe(1_000);
  for (const token of tokens) {
    expect(Buffer.from(token, "base64url")).toHaveLength(96);
    expect(familyOf(token)).toEqual({ sessionId: session, secret: Buffer.from(family.secret) });
  }
});

test("two sessions have two families, and a stored family hash makes no token", () => {
  expect(familyHash(newFamily(session))).not.toEqual(familyHash(newFamily(session)));
  const made = familyOf(newRefreshToken({ sessionId: session, secret: familyHash(family) }));
  expect(made && familyHash(made)).not.toEqual(familyHash(family));
});

test("a token with one changed byte, at any position, has no family", () => {
  const bytes = Buffer.from(newRefreshToken(family), "base64url");
  for (const at of bytes.keys()) {
    const changed = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
    expect(familyOf(Buffer.from(changed).toString("base64url"))).toBeNull();
  }
});

test("a text without the form of a token has no family", () => {
  const token = newRefreshToken(family);
  const spoilt = [`${token}\n`, ` ${token}`, `"${token}"`, token.slice(1)];
  for (const text of [
    ...spoilt,
    "",
    "x",
    session,
    "a".repeat(63),
    "A".repeat(64),
    "A".repeat(128),
    "\u{1F98A}".repeat(64),
    "A".repeat(512),
  ]) {
    expect(familyOf(text)).toBeNull();
  }
});
