// Guarantees about what became of access tokens after they were issued.
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ANONYMOUS, AUDIENCE, type Identity } from "#kit/trust/identity";
import { createIssuedTokens } from "./issued-tokens.ts";

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const open = () => createIssuedTokens(pino({ level: "silent" }));
const endBy = (leftMs = 16 * MINUTE_MS) => new Date(Date.now() + leftMs);
const endedSession = (sessionId: string, leftMs?: number) => ({
  sessionId,
  userId: "ada",
  accessTokensEndBy: endBy(leftMs),
});
const raised = (tokenVersion: number, userId = "ada", leftMs?: number) => ({
  userId,
  tokenVersion,
  accessTokensEndBy: endBy(leftMs),
});
const granted = (scope: string, tokenVersion = 0, leftMs?: number) => ({
  ...raised(tokenVersion, "ada", leftMs),
  scope,
});

type Tokens = ReturnType<typeof open>;

function viewer(sessionId: string, lifeMs = 15 * MINUTE_MS, more: object = {}): Identity {
  const expiresAt = Date.now() + lifeMs;
  const own = { id: "ada", sessionId, roles: [], scopes: ["read"], expiresAt };
  return { kind: "viewer", viewer: { ...own, ...more } };
}

const ofVersion = (tokenVersion: number, more: object = {}) =>
  viewer("a", undefined, { tokenVersion, ...more });

function isRefused(tokens: Tokens, identity: Identity): boolean {
  try {
    tokens.current(identity);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
    return true;
  }
}

function scopesOf(tokens: Tokens, identity: Identity): readonly string[] {
  const current = tokens.current(identity);
  return current.kind === "viewer" ? current.viewer.scopes : [];
}

test("an ended session is kept until its tokens have expired", () => {
  const tokens = open();
  tokens.endSession(endedSession("a"));
  vi.advanceTimersByTime(15 * MINUTE_MS);
  expect(["a", "b"].map((id) => isRefused(tokens, viewer(id)))).toEqual([true, false]);
  vi.advanceTimersByTime(2 * MINUTE_MS);
  expect(isRefused(tokens, viewer("a"))).toBe(false);
  tokens.endSession(endedSession("late", -1));
  expect(isRefused(tokens, viewer("late"))).toBe(false);
});

describe("a raised token version", () => {
  test("refuses the person's tokens of lower versions, whatever their sessions, and no others", () => {
    const tokens = open();
    tokens.raiseVersion(raised(2));
    expect([0, 1, 2, 3].map((version) => isRefused(tokens, ofVersion(version)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isRefused(tokens, viewer("b"))).toBe(true);
    expect(isRefused(tokens, ofVersion(0, { id: "grace" }))).toBe(false);
    expect(() => tokens.current(ofVersion(1))).toThrow(/refresh/);
  });

  test("stays when a lower one comes late, and goes when all older tokens have expired", () => {
    const tokens = open();
    tokens.raiseVersion(raised(3));
    tokens.raiseVersion(raised(1, "ada", 60 * MINUTE_MS));
    expect(isRefused(tokens, ofVersion(2))).toBe(true);
    vi.advanceTimersByTime(17 * MINUTE_MS);
    expect(isRefused(tokens, ofVersion(2))).toBe(false);
    tokens.raiseVersion(raised(9, "ada", -1));
    expect(isRefused(tokens, ofVersion(2))).toBe(false);
  });

  test("notifies waiters of lower versions alone, once", async () => {
    const tokens = open();
    const [older, newer, other] = [vi.fn(), vi.fn(), vi.fn()];
    tokens.whenOver(ofVersion(1), older);
    tokens.whenOver(ofVersion(2), newer);
    tokens.whenOver(ofVersion(0, { id: "grace" }), other);
    tokens.raiseVersion(raised(2));
    tokens.raiseVersion(raised(2));
    expect(older).toHaveBeenCalledOnce();
    const late = vi.fn();
    tokens.whenOver(ofVersion(1), late);
    await Promise.resolve();
    expect(late).toHaveBeenCalledOnce();
    expect([newer, other].map((each) => each.mock.calls.length)).toEqual([0, 0]);
  });
});

describe("a granted scope", () => {
  test("counts for tokens that are out, beside their own, and for no one else's", () => {
    const tokens = open();
    expect(scopesOf(tokens, viewer("a"))).toEqual(["read"]);
    tokens.grantScope(granted("verified"));
    tokens.grantScope(granted("more"));
    tokens.grantScope(granted("verified"));
    expect(scopesOf(tokens, viewer("a"))).toEqual(["read", "verified", "more"]);
    expect(scopesOf(tokens, ofVersion(0, { id: "grace" }))).toEqual(["read"]);
    expect(tokens.current(ANONYMOUS)).toBe(ANONYMOUS);
    expect(tokens.current(AUDIENCE)).toBe(AUDIENCE);
  });

  test("leaves the identity in the token as it was, and gives equal tokens equal identities", () => {
    const tokens = open();
    const identity = viewer("a");
    const before = structuredClone(identity);
    tokens.grantScope(granted("verified"));
    const twice = [tokens.current(identity), tokens.current(structuredClone(identity))];
    expect(JSON.stringify(twice[0])).toBe(JSON.stringify(twice[1]));
    expect(identity).toEqual(before);
    const complete = viewer("a", undefined, { scopes: ["verified"] });
    expect(tokens.current(complete)).toBe(complete);
  });

  test.each<[string, (tokens: Tokens) => void]>([
    [
      "before",
      (tokens) => {
        tokens.raiseVersion(raised(1));
        tokens.grantScope(granted("verified", 0));
      },
    ],
    [
      "after",
      (tokens) => {
        tokens.grantScope(granted("verified", 0));
        tokens.raiseVersion(raised(1));
      },
    ],
  ])("is not brought back by a raise that came %s it", (_when, tell) => {
    const tokens = open();
    tell(tokens);
    expect(isRefused(tokens, ofVersion(0))).toBe(true);
    expect(scopesOf(tokens, ofVersion(1))).toEqual(["read"]);
    tokens.grantScope(granted("verified", 1));
    tokens.grantScope(granted("old", 0));
    expect(scopesOf(tokens, ofVersion(1))).toEqual(["read", "verified"]);
  });

  test("goes when the tokens that lack it have expired, and ends no stream", () => {
    const tokens = open();
    const over = vi.fn();
    tokens.whenOver(viewer("a", 60 * MINUTE_MS), over);
    tokens.grantScope(granted("verified"));
    expect(over).not.toHaveBeenCalled();
    vi.advanceTimersByTime(17 * MINUTE_MS);
    expect(scopesOf(tokens, viewer("a"))).toEqual(["read"]);
  });
});

test("a waiter is notified once: when the session ends or the token expires", async () => {
  const tokens = open();
  const [one, two, other] = [vi.fn(), vi.fn(), vi.fn()];
  tokens.whenOver(viewer("a"), one);
  tokens.whenOver(viewer("a", MINUTE_MS), two);
  tokens.whenOver(viewer("b"), other);
  vi.advanceTimersByTime(MINUTE_MS);
  expect([one, two].map((each) => each.mock.calls.length)).toEqual([0, 1]);
  tokens.endSession(endedSession("a"));
  tokens.endSession(endedSession("a"));
  vi.advanceTimersByTime(14 * MINUTE_MS - 1);
  expect([one, two].map((each) => each.mock.calls.length)).toEqual([1, 1]);
  expect(one).toHaveBeenCalledWith(
    expect.objectContaining({ extensions: { code: "UNAUTHENTICATED" } }),
  );
  expect(other).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(other).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test("a waiter for a session that has ended is notified in a microtask", async () => {
  const tokens = open();
  tokens.endSession(endedSession("a"));
  const over = vi.fn();
  tokens.whenOver(viewer("a"), over);
  expect(over).not.toHaveBeenCalled();
  await Promise.resolve();
  expect(over).toHaveBeenCalledOnce();
});

test("a cancelled waiter, and an identity that is no person, are not notified", () => {
  const tokens = open();
  const over = vi.fn();
  tokens.whenOver(viewer("a"), over)();
  tokens.whenOver(ANONYMOUS, over);
  tokens.whenOver(AUDIENCE, over);
  expect(vi.getTimerCount()).toBe(0);
  tokens.endSession(endedSession("a"));
  vi.advanceTimersByTime(60 * MINUTE_MS);
  expect(over).not.toHaveBeenCalled();
});
