// Guarantees about a feed: each event is completed once and broadcast in order, and the source is
// open while there are members, and opened again when it breaks.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { UpstreamSink } from "../upstream/subscriptions.ts";
import { type FeedMember, openFeed } from "./feed.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const RESTART: readonly GraphQLFormattedError[] = [
  { message: "", extensions: { code: "SUBGRAPH_UNAVAILABLE" } },
];

const opened = (at: number) => ({ data: null, extensions: { live: { opened: at } } });
const event = (position: number, facts: object = {}) => ({
  data: { seq: position },
  extensions: { live: { position, previous: position - 1, ...facts } },
});

/** A feed whose source and completions the test controls. */
function aFeed() {
  const sources: (Record<"cancel" | "consumed" | "joined" | "received", () => void> & {
    readonly behind: number;
    readonly sink: UpstreamSink;
  })[] = [];
  const completions: (() => void)[] = [];
  const onEnd = vi.fn();
  const feed = openFeed({
    subscription: "ticked",
    position: 0,
    open(behind, sink) {
      const [cancel, consumed, joined, received] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
      const source = { behind, sink, cancel, consumed, joined, received };
      sources.push(source);
      return source;
    },
    complete: ({ data }: FormattedExecutionResult) =>
      new Promise((resolve) => completions.push(() => resolve({ data: data ?? null }))),
    onEnd,
  });
  const source = () => {
    const last = sources.at(-1);
    if (!last) throw new Error("the feed is not open");
    return last;
  };
  return {
    feed,
    onEnd,
    sources,
    completions,
    source,
    async send(...frames: readonly FormattedExecutionResult[]) {
      for (const frame of frames) source().sink.event(frame);
      for (const complete of completions.splice(0)) complete();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

function aMember() {
  const received: unknown[] = [];
  const member: FeedMember = {
    receive(frames) {
      for (const { position, payload, revoked } of frames) {
        received.push([position, payload && String(payload), ...revoked]);
      }
    },
    opened: (position) => received.push({ opened: position }),
    lost: (errors) => received.push(errors[0]?.extensions.code),
  };
  return { member, received };
}

const broadcastOf = (position: number) => [position, `{"data":{"seq":${position}}}`];

describe("frames", () => {
  test("are completed once for all members, and broadcast in order, whichever completes first", async () => {
    const { feed, completions, source } = aFeed();
    const members = [aMember(), aMember(), aMember()];
    for (const { member } of members) feed.join(member);
    for (const frame of [opened(4), event(5), event(6)]) source().sink.event(frame);
    expect(completions).toHaveLength(2);
    completions[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    for (const { received } of members) expect(received).toEqual([{ opened: 4 }]);
    completions[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    for (const { received } of members)
      expect(received.slice(1)).toEqual([broadcastOf(5), broadcastOf(6)]);
    expect(source().consumed).toHaveBeenCalledTimes(3);
  });

  test("of one turn are broadcast together", async () => {
    const { feed, send } = aFeed();
    const receive = vi.fn<FeedMember["receive"]>();
    feed.join({ receive, opened() {}, lost() {} });
    await send(opened(0), event(1), event(2));
    await send(event(3));
    expect(receive.mock.calls.map(([frames]) => frames.map(({ position }) => position))).toEqual([
      [1, 2],
      [3],
    ]);
  });

  test("that are queued when the feed is lost are broadcast before that", async () => {
    const { feed, source, completions } = aFeed();
    const { member, received } = aMember();
    feed.join(member);
    for (const frame of [opened(0), event(1)]) source().sink.event(frame);
    completions[0]?.();
    // The turn of the event loop is not over yet.
    for (let microtask = 0; microtask < 20; microtask += 1) await null;
    source().sink.end([{ message: "", extensions: { code: "FORBIDDEN" } }]);
    expect(received).toEqual([{ opened: 0 }, broadcastOf(1), "FORBIDDEN"]);
  });

  test("are in the ring for later members: the latest 128, each for a minute", async () => {
    const { feed, send } = aFeed();
    expect(feed.isOpen).toBe(false);
    await send(opened(0), ...Array.from({ length: 200 }, (_, at) => event(at + 1)));
    expect(feed.isOpen).toBe(true);
    expect(feed.framesAfter(200)).toEqual([]);
    expect(feed.framesAfter(198)).toMatchObject([{ position: 199 }, { position: 200 }]);
    expect(feed.framesAfter(72)).toHaveLength(128);
    expect(feed.framesAfter(71)).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    await send(event(201));
    expect(feed.framesAfter(72)).toBeNull();
    expect(feed.framesAfter(200)).toMatchObject([{ position: 201 }]);
  });

  test("leave the ring at a gap, and at an event that rewrites them", async () => {
    const { feed, send, source } = aFeed();
    await send(opened(0), event(1), event(2), event(3, { rewrites: true }), event(4));
    expect(feed.framesAfter(1)).toBeNull();
    expect(feed.framesAfter(2)).toMatchObject([{ position: 3 }, { position: 4 }]);
    source().sink.end(RESTART);
    await vi.advanceTimersByTimeAsync(100);
    await send(opened(6));
    expect(feed.framesAfter(2)).toBeNull();
    expect(feed.framesAfter(6)).toEqual([]);
  });

  test("that were being completed when the source broke are broadcast once", async () => {
    const { feed, completions, source, sources, send } = aFeed();
    const { member, received } = aMember();
    feed.join(member);
    await send(opened(0), event(1));
    source().sink.event(event(2));
    source().sink.end(RESTART);
    await vi.advanceTimersByTimeAsync(100);
    expect(sources.map(({ behind }) => behind)).toEqual([0, 1]);
    for (const complete of completions.splice(0)) complete();
    await send(opened(1), event(2), event(3));
    expect(received).toEqual([
      { opened: 0 },
      broadcastOf(1),
      broadcastOf(2),
      { opened: 1 },
      broadcastOf(3),
    ]);
    expect(feed.framesAfter(1)).toHaveLength(2);
  });

  test("without an event are broadcast, and are not in the ring", async () => {
    const { feed, send } = aFeed();
    const { member, received } = aMember();
    feed.join(member);
    const live = { position: 1, revoked: ["a", "b"] };
    const out = event(2, { revoked: ["c"] });
    await send(opened(1), { data: null, extensions: { live } }, out);
    expect(received.slice(1)).toEqual([
      [1, null, "a", "b"],
      [...broadcastOf(2), "c"],
    ]);
    expect(feed.framesAfter(1)).toHaveLength(1);
  });
});

describe("the source", () => {
  test("is closed when the last member leaves, unless another joins in the same turn", async () => {
    const { feed, source, onEnd, send } = aFeed();
    const [one, other] = [aMember(), aMember()];
    feed.join(one.member);
    await send(opened(0));
    feed.leave(one.member);
    feed.join(other.member);
    await vi.advanceTimersByTimeAsync(0);
    expect(source().cancel).not.toHaveBeenCalled();
    feed.leave(other.member);
    await vi.advanceTimersByTimeAsync(0);
    expect(source().cancel).toHaveBeenCalled();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test.each([RESTART, null])(
    "is opened again when it ends with %j, and no member is lost",
    async (end) => {
      const { feed, sources, source, send } = aFeed();
      const { member, received } = aMember();
      feed.join(member);
      await send(opened(0), event(1));
      for (let tries = 2; tries <= 6; tries += 1) {
        source().sink.end(end);
        await vi.advanceTimersByTimeAsync(3_000);
        expect(sources).toHaveLength(tries);
      }
      await send(opened(1), event(2));
      expect(received).toEqual([{ opened: 0 }, broadcastOf(1), { opened: 1 }, broadcastOf(2)]);
    },
  );

  test("is not opened again without members", async () => {
    const { feed, sources, source } = aFeed();
    const { member } = aMember();
    feed.join(member);
    source().sink.end(RESTART);
    feed.leave(member);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sources).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each<readonly [string, FormattedExecutionResult, string]>([
    ["breaks the protocol", { data: {} }, "SUBGRAPH_UNAVAILABLE"],
    ["is a refusal", { errors: [{ message: "", extensions: { code: "FORBIDDEN" } }] }, "FORBIDDEN"],
  ])("that %s is lost for all members", async (_name, frame, code) => {
    const { feed, source, onEnd } = aFeed();
    const { member, received } = aMember();
    feed.join(member);
    source().sink.event(frame);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(received).toEqual([code]);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test("that is refused is lost for all members", async () => {
    const { feed, source } = aFeed();
    const { member, received } = aMember();
    feed.join(member);
    source().sink.end([{ message: "", extensions: { code: "NOT_FOUND" } }]);
    expect(received).toEqual(["NOT_FOUND"]);
  });
});
