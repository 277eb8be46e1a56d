// Guarantees about which readers of an entry follow its trace.
import { expect, test } from "vitest";
import { eventsOf, freshTrace, traceOfEvent } from "./event-traces.ts";
import type { Entry } from "./streams.ts";

const TRACE = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;

function entryOf(seq: number, wish: Partial<Entry> = {}): Entry {
  const place = { streamId: "conversation:1", seq, prevSeq: seq - 1 };
  return { ...place, type: "sent", payload: {}, createdAt: new Date(), trace: TRACE, ...wish };
}

async function tracesOf(entries: readonly Entry[]): Promise<(string | null)[]> {
  const traces: (string | null)[] = [];
  const source = (async function* () {
    yield* entries;
  })();
  for await (const event of eventsOf(source, ({ seq }) => ({ seq }))) {
    traces.push(traceOfEvent(event));
  }
  return traces;
}

test("the first reader in this process follows the trace of an entry, and no other one", async () => {
  const entries = [entryOf(1), entryOf(2, { trace: null }), entryOf(3)];
  expect(await tracesOf(entries)).toEqual([TRACE, null, TRACE]);
  expect(await tracesOf(entries.map((entry) => ({ ...entry })))).toEqual([null, null, null]);
});

test("a replay of an old entry does not go on with its trace", () => {
  const createdAt = new Date(1_000_000);
  expect(freshTrace({ trace: TRACE, createdAt }, 1_059_000)).toBe(TRACE);
  expect(freshTrace({ trace: TRACE, createdAt }, 1_061_000)).toBeNull();
});
