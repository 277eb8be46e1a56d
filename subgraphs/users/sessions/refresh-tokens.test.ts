// That a sealed successor opens for the holder of its token, and for nobody else.
import { expect, test } from "vitest";
import {
  newRefreshToken,
  openSuccessor,
  sealSuccessor,
  sessionIdOf,
  tokenHash,
} from "./refresh-tokens.ts";

const session = "018f2d6e-7c00-7abc-8def-0123456789ab";

test("the holder of a token gets its successor back, to the byte", () => {
  const token = newRefreshToken(session);
  const successor = newRefreshToken(session);
  expect(openSuccessor(token, sealSuccessor(token, successor))).toBe(successor);
});

test("what is stored opens nothing: neither the hash of the token nor another token is a key", () => {
  const token = newRefreshToken(session);
  const sealed = sealSuccessor(token, newRefreshToken(session));
  const hash = Buffer.from(tokenHash(token));
  for (const key of [
    newRefreshToken(session),
    hash.toString("base64url"),
    hash.toString("hex"),
    "",
  ]) {
    expect(() => openSuccessor(key, sealed)).toThrow();
  }
});

test("a changed byte is noticed wherever it is", () => {
  const token = newRefreshToken(session);
  const sealed = sealSuccessor(token, newRefreshToken(session));
  for (const at of sealed.keys()) {
    const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
    expect(() => openSuccessor(token, changed)).toThrow();
  }
});

test("a cut seal does not open", () => {
  const token = newRefreshToken(session);
  const sealed = sealSuccessor(token, newRefreshToken(session));
  for (const length of [0, 12, 20, sealed.length - 1]) {
    expect(() => openSuccessor(token, sealed.subarray(0, length))).toThrow();
  }
});

test("tokens do not repeat and hold 256 bits beside their session", () => {
  const tokens = new Set(Array.from({ length: 1_000 }, () => newRefreshToken(session)));
  expect(tokens.size).toBe(1_000);
  for (const token of tokens) {
    expect(Buffer.from(token, "base64url")).toHaveLength(48);
    expect(sessionIdOf(token)).toBe(session);
  }
});

test("what has not the form of a token is of no session", () => {
  const token = newRefreshToken(session);
  const spoilt = [`${token}\n`, ` ${token}`, `"${token}"`, token.slice(1)];
  for (const text of [
    ...spoilt,
    "",
    "x",
    session,
    "a".repeat(63),
    "\u{1F98A}".repeat(64),
    "A".repeat(512),
  ]) {
    expect(sessionIdOf(text)).toBeNull();
  }
});
