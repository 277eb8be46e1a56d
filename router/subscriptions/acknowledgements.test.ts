// Guarantees about the frames that count as received.
import { expect, onTestFinished, test, vi } from "vitest";
import { createAcknowledgements } from "./acknowledgements.ts";

function aClient() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const frames: string[] = [];
  const receipts = createAcknowledgements((frame) => frames.push(frame), 1_000);
  const counts: number[] = [];
  const stream = { received: (count: number) => void counts.push(count) };
  return { frames, receipts, counts, stream };
}

const ping = (received: number) => JSON.stringify({ type: "ping", payload: { received } });

test("frames count as received once the client answers a ping that was sent behind them", () => {
  const { frames, receipts, counts, stream } = aClient();
  receipts.sent(stream);
  receipts.sent(stream);
  expect(frames).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(frames).toEqual([ping(1)]);
  receipts.sent(stream);
  expect(counts).toEqual([]);
  receipts.pong({ received: 1 });
  expect(counts).toEqual([2]);
  vi.advanceTimersByTime(1_000);
  receipts.pong({ received: 2 });
  expect(counts).toEqual([2, 1]);
});

test("one ping waits for its answer at a time, and an idle socket is sent none", () => {
  const { frames, receipts, stream } = aClient();
  receipts.sent(stream);
  vi.advanceTimersByTime(1_000);
  receipts.sent(stream);
  vi.advanceTimersByTime(60_000);
  expect(frames).toHaveLength(1);
  receipts.pong({ received: 1 });
  vi.advanceTimersByTime(1_000);
  receipts.pong({ received: 2 });
  vi.advanceTimersByTime(60_000);
  expect(frames).toHaveLength(2);
});

test.each([undefined, null, {}, { received: 0 }, { received: 2 }, { received: "1" }])(
  "a pong with %j says nothing about what was received",
  (payload) => {
    const { receipts, counts, stream } = aClient();
    receipts.sent(stream);
    vi.advanceTimersByTime(1_000);
    receipts.pong(payload);
    expect(counts).toEqual([]);
    receipts.pong({ received: 1 });
    receipts.pong({ received: 1 });
    expect(counts).toEqual([1]);
  },
);
