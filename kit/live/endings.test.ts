// Guarantees about the ends of a stream that its consumer does not choose.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { endAt, runAt } from "#kit/live/endings";

const DAY_MS = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([0, 1, 24, 25, 90, 400])("a callback in %i days runs then, and once", (days) => {
  const run = vi.fn();
  runAt(Date.now() + days * DAY_MS + 1, run);
  vi.advanceTimersByTime(days * DAY_MS);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(100 * DAY_MS);
  expect(run).toHaveBeenCalledOnce();
});

test("a callback for a time in the past runs soon", () => {
  const run = vi.fn();
  runAt(Date.now() - DAY_MS, run);
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledOnce();
});

test.each([1, 60])("a callback that is cancelled after %i days does not run", (days) => {
  const run = vi.fn();
  const callOff = runAt(Date.now() + 90 * DAY_MS, run);
  vi.advanceTimersByTime(days * DAY_MS);
  callOff();
  vi.advanceTimersByTime(100 * DAY_MS);
  expect(run).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("a stream ends with its session, and the error says how to continue", () => {
  const end = vi.fn();
  endAt(Date.now() + 30 * DAY_MS, { end }, "listen again");
  vi.advanceTimersByTime(30 * DAY_MS - 1);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(end).toHaveBeenCalledWith(
    expect.objectContaining({
      message: expect.stringContaining("listen again"),
      extensions: { code: "UNAUTHENTICATED" },
    }),
  );
});
