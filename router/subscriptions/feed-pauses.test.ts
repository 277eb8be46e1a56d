// Guarantees of when a busy feed tells its members: what comes fast goes together, what comes alone
// at once, and nothing waits for long.
import { beforeEach, expect, test, vi } from "vitest";
import type { UpstreamSink } from "../upstream/subscriptions.ts";
import { type FeedMember, openFeed } from "./feed.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A feed that takes some time to tell all; what is told when, in ms from the beginning. */
function aBusyFeed(takesMs: number) {
  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
  const tellings: unknown[] = [];
  const hear: FeedMember["receive"] = (frames) => {
    tellings.push([now(), ...frames.map(({ position }) => position)]);
    vi.advanceTimersByTime(takesMs);
  };
  let sink: UpstreamSink | undefined;
  const feed = openFeed({
    position: 0,
    open(_behind, to) {
      sink = to;
      return { cancel() {}, consumed() {}, joined() {}, received() {} };
    },
    complete: async () => ({ data: {} }),
    onEnd() {},
  });
  feed.join({ receive: hear, opened() {}, lost() {} });
  return {
    now,
    tellings,
    until: (ms: number) => vi.advanceTimersByTimeAsync(ms - now()),
    async tell(...positions: readonly number[]) {
      for (const position of positions) {
        sink?.event({ data: {}, extensions: { live: { position, previous: position - 1 } } });
      }
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test("what comes while it rests is told together, and what comes later at once", async () => {
  const { tell, until, now, tellings } = aBusyFeed(5);
  await tell(1);
  await until(6);
  await tell(2);
  await until(8);
  await tell(3);
  await until(40);
  const later = now();
  await tell(4);
  expect(tellings).toEqual([
    [0, 1],
    [10, 2, 3],
    [later, 4],
  ]);
});

test("it rests longer the more there was to tell, and no longer than 50 ms", async () => {
  const { tell, until, tellings } = aBusyFeed(5);
  await tell(1, 2, 3);
  await tell(4);
  await until(20);
  expect(tellings).toEqual([
    [0, 1, 2, 3],
    [20, 4],
  ]);
  const slow = aBusyFeed(30);
  await slow.tell(1, 2);
  await slow.tell(3);
  await slow.until(80);
  expect(slow.tellings).toEqual([
    [0, 1, 2],
    [80, 3],
  ]);
});

test("64 events do not wait", async () => {
  const { tell, tellings } = aBusyFeed(5);
  const many = Array.from({ length: 64 }, (_, at) => at + 2);
  await tell(1);
  await tell(...many);
  expect(tellings).toEqual([
    [0, 1],
    [5, ...many],
  ]);
});
