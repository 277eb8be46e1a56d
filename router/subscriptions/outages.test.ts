// Guarantees about the outage of a subgraph, for ordinary and shared streams alike: a stream with a
// known position is retried for a minute, then its client gets an error.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { UpstreamSink } from "../upstream/subscriptions.ts";
import { openFeed } from "./feed.ts";
import { openMember } from "./member.ts";
import { openResumed } from "./resumed.ts";

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const UNAVAILABLE = [{ message: "", extensions: { code: "SUBGRAPH_UNAVAILABLE" } }];

interface Opened {
  /** How often a source was opened. */
  tries(): number;
  /** The latest source. */
  source(): UpstreamSink;
  /** The events that the client got. */
  readonly events: unknown[];
  /** The codes with which the client's stream ended. */
  readonly ends: unknown[];
}

const codeOf = (errors: readonly GraphQLFormattedError[] | null) => errors?.[0]?.extensions?.code;

/** A source that the test controls. */
function aSource() {
  const sinks: UpstreamSink[] = [];
  const open = (sink: UpstreamSink) => {
    sinks.push(sink);
    return { cancel() {}, consumed() {}, joined() {}, received() {} };
  };
  const source = () => {
    const last = sinks.at(-1);
    if (!last) throw new Error("no source was opened");
    return last;
  };
  return { open, source, tries: () => sinks.length };
}

function ordinary(position: number | undefined): Opened {
  const { open, ...source } = aSource();
  const events: unknown[] = [];
  const ends: unknown[] = [];
  openResumed(
    { position, open: (_behind, sink) => open(sink), positionOf: ({ data }) => data?.seq },
    {
      event: ({ data }) => events.push(data),
      end: (errors) => ends.push(codeOf(errors)),
    },
  );
  return { ...source, events, ends };
}

/** A member of a feed that is open and sends nothing. */
function shared(position: number | undefined): Opened {
  const { open, ...source } = aSource();
  const events: unknown[] = [];
  const ends: unknown[] = [];
  openMember(
    {
      viewerId: "me",
      traceId: "",
      position,
      openControl: (_behind, sink) => open(sink),
      feedOf: () => ({ isOpen: true, framesAfter: () => [], join() {}, leave() {} }),
      complete: async ({ data }) => ({ data: data ?? null }),
      openOrdinary: () => () => {},
      whenOver: () => () => {},
      onEnd() {},
    },
    {
      isDrained: () => true,
      whenDrained() {},
      next: (payload) => events.push(JSON.parse(String(payload)).data),
      end: (errors) => ends.push(codeOf(errors)),
    },
  );
  return { ...source, events, ends };
}

const live = (facts: object, data: object | null = null) =>
  ({ data, extensions: { live: facts } }) as FormattedExecutionResult;
const EVENT = live({ position: 5, previous: 4 }, { seq: 5 });
const AUTHORIZED = live({ position: 4, shareKey: "k", more: true });

/** Breaks each source when it opens. Resolves when the stream ended, with the time in ms. */
async function outlast({
  tries,
  source,
  ends,
}: Pick<Opened, "tries" | "source" | "ends">): Promise<number> {
  const before = Date.now();
  for (let tried = 0; ends.length === 0; await vi.advanceTimersByTimeAsync(10)) {
    if (tries() > tried) source().end(UNAVAILABLE);
    tried = tries();
    if (Date.now() - before > 100_000) throw new Error("the stream did not end");
  }
  return Date.now() - before;
}

describe.each([
  ["an ordinary stream", ordinary],
  ["a shared stream", shared],
])("%s", (_which, begin) => {
  test("without a known position ends at once", async () => {
    const opened = begin(undefined);
    expect(await outlast(opened)).toBeLessThan(100);
    expect(opened.ends).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  });

  test.each<readonly [string, number | undefined, readonly FormattedExecutionResult[]]>([
    ["that was opened behind a position", 3, []],
    ["that has had an event", undefined, [AUTHORIZED, EVENT]],
  ])("%s is retried for a minute, and then ends", async (_what, position, events) => {
    const opened = begin(position);
    for (const event of events) opened.source().event(event);
    const waitedMs = await outlast(opened);
    expect(waitedMs).toBeGreaterThanOrEqual(60_000);
    expect(waitedMs).toBeLessThan(65_000);
    expect(opened.ends).toEqual(["SUBGRAPH_UNAVAILABLE"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that was opened behind a position continues when the subgraph is back", async () => {
    const { source, events, ends, tries } = begin(3);
    source().end(UNAVAILABLE);
    await vi.advanceTimersByTimeAsync(100);
    expect(tries()).toBe(2);
    for (const event of [AUTHORIZED, EVENT]) source().event(event);
    await vi.advanceTimersByTimeAsync(0);
    expect(events.at(-1)).toEqual({ seq: 5 });
    expect(ends).toEqual([]);
  });

  test("that breaks whenever it is opened, before any event, is given up too", async () => {
    const opened = begin(3);
    const source = () => {
      if (begin === shared) opened.source().event(AUTHORIZED);
      return opened.source();
    };
    expect(await outlast({ ...opened, source })).toBeLessThan(65_000);
  });
});

test.each([UNAVAILABLE, null])(
  "a feed whose source opens and then ends with %j is lost after a minute",
  async (end) => {
    const { open, source, tries } = aSource();
    const ends: unknown[] = [];
    const feed = openFeed({
      subscription: "ticked",
      position: 4,
      open: (_behind, sink) => open(sink),
      complete: async () => ({}),
      onEnd() {},
    });
    feed.join({
      receive() {},
      opened() {},
      lost: ([error]) => ends.push(error?.extensions.code),
    });
    const breaking = () => {
      source().event(live({ opened: 4 }));
      return { ...source(), end: () => source().end(end) };
    };
    const waitedMs = await outlast({ tries, source: breaking, ends });
    expect(waitedMs).toBeGreaterThanOrEqual(60_000);
    expect(ends).toEqual(["SUBGRAPH_UNAVAILABLE"]);
  },
);
