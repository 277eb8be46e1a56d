// Guarantees about a shared stream: once for all, in order, open for as long as somebody is there,
// and opened again by itself.
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

/** A feed whose source, and whose completions, are in the hands of the test. */
function aFeed() {
  const sources: (Record<"cancel" | "consumed" | "joined" | "received", () => void> & {
    readonly behind: number;
    readonly sink: UpstreamSink;
  })[] = [];
  const completions: (() => void)[] = [];
  const onEnd = vi.fn();
  const feed = openFeed({
    position: 0,
    open(behind, sink) {
      const source = {
        behind,
        sink,
        cancel: vi.fn(),
        consumed: vi.fn(),
        joined: vi.fn(),
        received: vi.fn(),
      };
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
    async tell(...frames: readonly FormattedExecutionResult[]) {
      for (const frame of frames) source().sink.event(frame);
      for (const complete of completions.splice(0)) complete();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

function aMember() {
  const told: unknown[] = [];
  const joined: FeedMember = {
    receive(frames) {
      for (const { position, payload, revoked } of frames) {
        told.push([position, payload && String(payload), ...revoked]);
      }
    },
    opened: (position) => told.push({ opened: position }),
    lost: (errors) => told.push(errors[0]?.extensions.code),
  };
  return { joined, told };
}

const heard = (position: number) => [position, `{"data":{"seq":${position}}}`];

describe("frames", () => {
  test("are completed once, whoever listens, and told in order, whichever is complete first", async () => {
    const { feed, completions, source } = aFeed();
    const members = [aMember(), aMember(), aMember()];
    for (const { joined } of members) feed.join(joined);
    for (const frame of [opened(4), event(5), event(6)]) source().sink.event(frame);
    expect(completions).toHaveLength(2);
    completions[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    for (const { told } of members) expect(told).toEqual([{ opened: 4 }]);
    completions[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    for (const { told } of members) expect(told.slice(1)).toEqual([heard(5), heard(6)]);
    expect(source().consumed).toHaveBeenCalledTimes(3);
  });

  test("of one turn are told together", async () => {
    const { feed, tell } = aFeed();
    const hear = vi.fn<FeedMember["receive"]>();
    feed.join({ receive: hear, opened() {}, lost() {} });
    await tell(opened(0), event(1), event(2));
    await tell(event(3));
    expect(hear.mock.calls.map(([frames]) => frames.map(({ position }) => position))).toEqual([
      [1, 2],
      [3],
    ]);
  });

  test("that were told before the stream is lost are heard before that", async () => {
    const { feed, source, completions } = aFeed();
    const { joined, told } = aMember();
    feed.join(joined);
    for (const frame of [opened(0), event(1)]) source().sink.event(frame);
    completions[0]?.();
    // The turn is not over yet.
    for (let microtask = 0; microtask < 20; microtask += 1) await null;
    source().sink.end([{ message: "", extensions: { code: "FORBIDDEN" } }]);
    expect(told).toEqual([{ opened: 0 }, heard(1), "FORBIDDEN"]);
  });

  test("are kept for who comes later, the latest 128, and for a minute", async () => {
    const { feed, tell } = aFeed();
    expect(feed.isOpen).toBe(false);
    await tell(opened(0), ...Array.from({ length: 200 }, (_, at) => event(at + 1)));
    expect(feed.isOpen).toBe(true);
    expect(feed.framesAfter(200)).toEqual([]);
    expect(feed.framesAfter(198)).toMatchObject([{ position: 199 }, { position: 200 }]);
    expect(feed.framesAfter(72)).toHaveLength(128);
    expect(feed.framesAfter(71)).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    await tell(event(201));
    expect(feed.framesAfter(72)).toBeNull();
    expect(feed.framesAfter(200)).toMatchObject([{ position: 201 }]);
  });

  test("are not kept beyond a hole, nor beyond an event that changes what they say", async () => {
    const { feed, tell, source } = aFeed();
    await tell(opened(0), event(1), event(2), event(3, { rewrites: true }), event(4));
    expect(feed.framesAfter(1)).toBeNull();
    expect(feed.framesAfter(2)).toMatchObject([{ position: 3 }, { position: 4 }]);
    source().sink.end(RESTART);
    await vi.advanceTimersByTimeAsync(100);
    await tell(opened(6));
    expect(feed.framesAfter(2)).toBeNull();
    expect(feed.framesAfter(6)).toEqual([]);
  });

  test("that were under way when the source broke are told once", async () => {
    const { feed, completions, source, sources, tell } = aFeed();
    const { joined, told } = aMember();
    feed.join(joined);
    await tell(opened(0), event(1));
    source().sink.event(event(2));
    source().sink.end(RESTART);
    await vi.advanceTimersByTimeAsync(100);
    expect(sources.map(({ behind }) => behind)).toEqual([0, 1]);
    for (const complete of completions.splice(0)) complete();
    await tell(opened(1), event(2), event(3));
    expect(told).toEqual([{ opened: 0 }, heard(1), heard(2), { opened: 1 }, heard(3)]);
    expect(feed.framesAfter(1)).toHaveLength(2);
  });

  test("that hold no event are told, and are no part of the stream", async () => {
    const { feed, tell } = aFeed();
    const { joined, told } = aMember();
    feed.join(joined);
    const live = { position: 1, revoked: ["a", "b"] };
    const out = event(2, { revoked: ["c"] });
    await tell(opened(1), { data: null, extensions: { live } }, out);
    expect(told.slice(1)).toEqual([
      [1, null, "a", "b"],
      [...heard(2), "c"],
    ]);
    expect(feed.framesAfter(1)).toHaveLength(1);
  });
});

describe("the source", () => {
  test("is closed with the last who leaves, and stays when another comes in the same turn", async () => {
    const { feed, source, onEnd, tell } = aFeed();
    const [one, other] = [aMember(), aMember()];
    feed.join(one.joined);
    await tell(opened(0));
    feed.leave(one.joined);
    feed.join(other.joined);
    await vi.advanceTimersByTimeAsync(0);
    expect(source().cancel).not.toHaveBeenCalled();
    feed.leave(other.joined);
    await vi.advanceTimersByTimeAsync(0);
    expect(source().cancel).toHaveBeenCalled();
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test.each([RESTART, null])(
    "is opened again when it ends with %j, and nobody is lost",
    async (end) => {
      const { feed, sources, source, tell } = aFeed();
      const { joined, told } = aMember();
      feed.join(joined);
      await tell(opened(0), event(1));
      for (let tries = 2; tries <= 6; tries += 1) {
        source().sink.end(end);
        await vi.advanceTimersByTimeAsync(3_000);
        expect(sources).toHaveLength(tries);
      }
      await tell(opened(1), event(2));
      expect(told).toEqual([{ opened: 0 }, heard(1), { opened: 1 }, heard(2)]);
    },
  );

  test("is not opened again for nobody", async () => {
    const { feed, sources, source } = aFeed();
    const { joined } = aMember();
    feed.join(joined);
    source().sink.end(RESTART);
    feed.leave(joined);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sources).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each<readonly [string, FormattedExecutionResult, string]>([
    ["cannot be read", { data: {} }, "SUBGRAPH_UNAVAILABLE"],
    ["is a refusal", { errors: [{ message: "", extensions: { code: "FORBIDDEN" } }] }, "FORBIDDEN"],
  ])("that %s is lost for everybody", async (_name, frame, code) => {
    const { feed, source, onEnd } = aFeed();
    const { joined, told } = aMember();
    feed.join(joined);
    source().sink.event(frame);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual([code]);
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test("that is refused is lost for everybody", async () => {
    const { feed, source } = aFeed();
    const { joined, told } = aMember();
    feed.join(joined);
    source().sink.end([{ message: "", extensions: { code: "NOT_FOUND" } }]);
    expect(told).toEqual(["NOT_FOUND"]);
  });
});
