// Guarantees about a source that breaks: it goes on behind the last event that it gave.
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

/** A source in the hands of the test, which begins behind `position`. */
function opened(position: unknown) {
  const behind: unknown[] = [];
  const sinks: UpstreamSink[] = [];
  const heard: unknown[] = [];
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
    { event: ({ data }) => heard.push(data?.seq), end: (errors) => ends.push(errors) },
  );
  const give = (seq: number) => sinks.at(-1)?.event({ data: { seq } });
  return {
    source,
    behind,
    heard,
    ends,
    cancelled,
    give,
    end: (e: typeof BROKEN | null) => sinks.at(-1)?.end(e),
  };
}

test("it is opened again behind what it gave last, and nobody hears of it", async () => {
  const { behind, heard, ends, give, end } = opened(undefined);
  give(7);
  give(8);
  end(BROKEN);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(behind).toEqual([undefined, 8]);
  give(9);
  expect([heard, ends]).toEqual([[7, 8, 9], []]);
});

test("where nothing was given, behind the position at which the client began", async () => {
  const { behind, end } = opened(3);
  end(BROKEN);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(behind).toEqual([3, 3]);
});

test("where no position is known, it ends: what was missed cannot be told", async () => {
  const { behind, ends, end } = opened(undefined);
  end(BROKEN);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([behind, ends]).toEqual([[undefined], [BROKEN]]);
});

test.each([
  ["a refusal", REFUSED],
  ["its completion", null],
])("%s is its end", async (_what, errors) => {
  const { behind, ends, give, end } = opened(1);
  give(2);
  end(errors);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([behind.length, ends]).toEqual([1, [errors]]);
});

test("it tries less and less often while its subgraph is away, and not once its client has left", async () => {
  const { source, behind, give, end } = opened(1);
  give(2);
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
