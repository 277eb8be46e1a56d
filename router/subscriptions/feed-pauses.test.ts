// Guarantees about the pauses of a busy feed: frames in quick succession are broadcast together, a
// single frame at once, and none waits for long.
import { beforeEach, expect, test, vi } from "vitest";
import type { UpstreamSink } from "../upstream/subscriptions.ts";
import { type FeedMember, openFeed } from "./feed.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/**
 * A feed whose broadcast takes some time; `broadcasts` has the time of each, in ms from the start.
 */
function aBusyFeed(takesMs: number) {
  const startedAt = performance.now();
  const now = () => performance.now() - startedAt;
  const broadcasts: unknown[] = [];
  const receive: FeedMember["receive"] = (frames) => {
    broadcasts.push([now(), ...frames.map(({ position }) => position)]);
    vi.advanceTimersByTime(takesMs);
  };
  let sink: UpstreamSink | undefined;
  const feed = openFeed({
    subscription: "ticked",
    position: 0,
    open(_behind, to) {
      sink = to;
      return { cancel() {}, consumed() {}, joined() {}, received() {} };
    },
    complete: async () => ({ data: {} }),
    onEnd() {},
  });
  feed.join({ receive, opened() {}, lost() {} });
  return {
    now,
    broadcasts,
    until: (ms: number) => vi.advanceTimersByTimeAsync(ms - now()),
    async send(...positions: readonly number[]) {
      for (const position of positions) {
        sink?.event({ data: {}, extensions: { live: { position, previous: position - 1 } } });
      }
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test("frames that arrive in a pause are broadcast together, and a later one at once", async () => {
  const { send, until, now, broadcasts } = aBusyFeed(5);
  await send(1);
  await until(6);
  await send(2);
  await until(8);
  await send(3);
  await until(40);
  const later = now();
  await send(4);
  expect(broadcasts).toEqual([
    [0, 1],
    [10, 2, 3],
    [later, 4],
  ]);
});

test("a feed pauses longer after more frames, and no longer than 50 ms", async () => {
  const { send, until, broadcasts } = aBusyFeed(5);
  await send(1, 2, 3);
  await send(4);
  await until(20);
  expect(broadcasts).toEqual([
    [0, 1, 2, 3],
    [20, 4],
  ]);
  const slow = aBusyFeed(30);
  await slow.send(1, 2);
  await slow.send(3);
  await slow.until(80);
  expect(slow.broadcasts).toEqual([
    [0, 1, 2],
    [80, 3],
  ]);
});

test("64 frames end a pause", async () => {
  const { send, broadcasts } = aBusyFeed(5);
  const many = Array.from({ length: 64 }, (_, at) => at + 2);
  await send(1);
  await send(...many);
  expect(broadcasts).toEqual([
    [0, 1],
    [5, ...many],
  ]);
});
