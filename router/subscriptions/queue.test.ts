// Guarantees about the events of one stream on their way to its client.
import type { ExecutionResult, FormattedExecutionResult } from "graphql";
import { describe, expect, test } from "vitest";
import { createQueue } from "./queue.ts";

const event = (seq: number): FormattedExecutionResult => ({ data: { seq } });
const atOnce = async (each: FormattedExecutionResult) => ({ data: each.data ?? null });

/** A completion in the hands of the test. */
function byHand() {
  const begun: { readonly seq: unknown; finish(): void }[] = [];
  const complete = ({ data }: FormattedExecutionResult) =>
    new Promise<ExecutionResult>((resolve) => {
      begun.push({ seq: data?.seq, finish: () => resolve({ data: data ?? null }) });
    });
  return { begun, complete };
}

describe("events", () => {
  test("leave in order, whichever is complete first, and are completed eight at a time", async () => {
    const { begun, complete } = byHand();
    const queue = createQueue(complete);
    for (let seq = 1; seq <= 20; seq += 1) queue.push(event(seq));
    expect(begun).toHaveLength(8);
    for (const each of [...begun].reverse()) each.finish();
    for (let seq = 1; seq <= 8; seq += 1) expect((await queue.take())?.data).toEqual({ seq });
    expect(begun.map(({ seq }) => seq)).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
  });

  test("beyond 256 are not taken in", () => {
    const queue = createQueue(() => new Promise(() => {}));
    const taken = Array.from({ length: 300 }, (_, seq) => queue.push(event(seq)));
    expect(taken.filter(Boolean)).toHaveLength(256);
    expect(taken.lastIndexOf(true)).toBe(255);
  });

  test("that wait are still delivered when nothing more comes", async () => {
    const queue = createQueue(atOnce);
    queue.push(event(1));
    queue.close();
    expect(queue.push(event(2))).toBe(false);
    expect((await queue.take())?.data).toEqual({ seq: 1 });
    expect(await queue.take()).toBeNull();
  });
});

describe("whoever takes", () => {
  test("waits for the next event, and for its completion", async () => {
    const { begun, complete } = byHand();
    const queue = createQueue(complete);
    const taken = queue.take();
    queue.push(event(1));
    begun[0]?.finish();
    expect((await taken)?.data).toEqual({ seq: 1 });
  });

  test("is let go at once when the queue is cleared, though a completion is under way", async () => {
    const { begun, complete } = byHand();
    const queue = createQueue(complete);
    queue.push(event(1));
    const taken = queue.take();
    queue.clear();
    expect(await taken).toBeNull();
    begun[0]?.finish();
    expect(await queue.take()).toBeNull();
  });
});
