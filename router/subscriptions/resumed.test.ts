// Guarantees about a source that breaks: it is opened again behind its last event.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { UpstreamSink } from "../upstream/subscriptions.ts";
import { openResumed } from "./resumed.ts";

const BROKEN = [{ message: "broke", extensions: { code: "SUBGRAPH_UNAVAILABLE" } }];
const REFUSED = [{ message: "no", extensions: { code: "NOT_FOUND" } }];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A source that the test controls, opened behind `position`. */
function opened(position: unknown) {
  const behind: unknown[] = [];
  const sinks: UpstreamSink[] = [];
  const events: unknown[] = [];
  const ends: (readonly GraphQLFormattedError[] | null)[] = [];
  const cancelled: number[] = [];
  const source = openResumed(
    {
      position,
      open(from, sink) {
        const at = behind.push(from) - 1;
        sinks.push(sink);
        return { cancel: () => cancelled.push(at), consumed() {}, joined() {}, received() {} };
      },
      positionOf: ({ data }: FormattedExecutionResult) => data?.seq,
    },
    { event: ({ data }) => events.push(data?.seq), end: (errors) => ends.push(errors) },
  );
  const sendEvent = (seq: number) => sinks.at(-1)?.event({ data: { seq } });
  return {
    source,
    behind,
    events,
    ends,
    cancelled,
    sendEvent,
    end: (e: typeof BROKEN | null) => sinks.at(-1)?.end(e),
  };
}

test("it is opened again behind its last event, and its sink does not notice", async () => {
  const { behind, events, ends, sendEvent, end } = opened(undefined);
  sendEvent(7);
  sendEvent(8);
  end(BROKEN);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(behind).toEqual([undefined, 8]);
  sendEvent(9);
  expect([events, ends]).toEqual([[7, 8, 9], []]);
});

test("before the first event, it is opened again behind the client's position", async () => {
  const { behind, end } = opened(3);
  end(BROKEN);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(behind).toEqual([3, 3]);
});

test("without a known position it ends", async () => {
  const { behind, ends, end } = opened(undefined);
  end(BROKEN);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([behind, ends]).toEqual([[undefined], [BROKEN]]);
});

test.each([
  ["a refusal", REFUSED],
  ["a completion", null],
])("it ends with %s", async (_what, errors) => {
  const { behind, ends, sendEvent, end } = opened(1);
  sendEvent(2);
  end(errors);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([behind.length, ends]).toEqual([1, [errors]]);
});

test("it is retried less and less often, and not after its client has left", async () => {
  const { source, behind, sendEvent, end } = opened(1);
  sendEvent(2);
  const counts: number[] = [];
  for (let second = 0; second < 10; second += 1) {
    const before = behind.length;
    end(BROKEN);
    while (behind.length === before) await vi.advanceTimersByTimeAsync(10);
    counts.push(Date.now());
  }
  const waits = counts.slice(1).map((at, index) => at - (counts[index] ?? 0));
  expect(Math.max(...waits.slice(0, 2))).toBeLessThan(Math.min(...waits.slice(-2)));
  expect(Math.max(...waits)).toBeLessThanOrEqual(3_010);
  end(BROKEN);
  source.cancel();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(behind).toHaveLength(11);
});
