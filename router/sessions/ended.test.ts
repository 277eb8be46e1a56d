// Guarantees about the router's list of ended sessions.
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";
import { createEndedSessions } from "./ended.ts";

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const open = () => createEndedSessions(pino({ level: "silent" }));

function endedSession(sessionId: string, leftMs = 16 * MINUTE_MS) {
  return { sessionId, userId: "ada", accessTokensEndBy: new Date(Date.now() + leftMs) };
}

function viewer(sessionId: string, lifeMs = 15 * MINUTE_MS): Identity {
  const expiresAt = Date.now() + lifeMs;
  return { kind: "viewer", viewer: { id: "ada", sessionId, roles: [], scopes: [], expiresAt } };
}

test("an ended session is kept until its tokens have expired", () => {
  const ended = open();
  ended.add(endedSession("a"));
  vi.advanceTimersByTime(15 * MINUTE_MS);
  expect([ended.has("a"), ended.has("b")]).toEqual([true, false]);
  vi.advanceTimersByTime(2 * MINUTE_MS);
  expect(ended.has("a")).toBe(false);
  ended.add(endedSession("late", -1));
  expect(ended.has("late")).toBe(false);
});

test("a waiter is notified once: when the session ends or the token expires", async () => {
  const ended = open();
  const [one, two, other] = [vi.fn(), vi.fn(), vi.fn()];
  ended.whenOver(viewer("a"), one);
  ended.whenOver(viewer("a", MINUTE_MS), two);
  ended.whenOver(viewer("b"), other);
  vi.advanceTimersByTime(MINUTE_MS);
  expect([one, two].map((each) => each.mock.calls.length)).toEqual([0, 1]);
  ended.add(endedSession("a"));
  ended.add(endedSession("a"));
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
  const ended = open();
  ended.add(endedSession("a"));
  const over = vi.fn();
  ended.whenOver(viewer("a"), over);
  expect(over).not.toHaveBeenCalled();
  await Promise.resolve();
  expect(over).toHaveBeenCalledOnce();
});

test("a cancelled waiter, and an identity that is no person, are not notified", () => {
  const ended = open();
  const over = vi.fn();
  ended.whenOver(viewer("a"), over)();
  ended.whenOver(ANONYMOUS, over);
  ended.whenOver({ kind: "audience" }, over);
  expect(vi.getTimerCount()).toBe(0);
  ended.add(endedSession("a"));
  vi.advanceTimersByTime(60 * MINUTE_MS);
  expect(over).not.toHaveBeenCalled();
});
