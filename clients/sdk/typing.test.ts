// Guarantees about typing: few signals for many keys, in order, and an end by itself.
import { expect, test } from "vitest";
import type { Run } from "./requests.ts";
import { OwnTyping } from "./typing.ts";

function start() {
  const signals: boolean[] = [];
  let nowMs = 0;
  const due = new Map<() => void, number>();
  const clock = {
    now: () => nowMs,
    after(ms: number, work: () => void) {
      due.set(work, nowMs + ms);
      return () => void due.delete(work);
    },
  };
  const run = (async (_: unknown, { input }: { input: { isTyping: boolean } }) => {
    signals.push(input.isTyping);
    throw new Error("offline");
  }) as unknown as Run;
  const passMs = (ms: number) => {
    nowMs += ms;
    for (const [work, at] of [...due]) {
      if (at > nowMs) continue;
      due.delete(work);
      work();
    }
  };
  return { typing: new OwnTyping({ conversationId: "c", run, clock }), signals, passMs };
}

test("many keys signal once every five seconds, and a pause ends typing", async () => {
  const { typing, signals, passMs } = start();
  for (let key = 0; key < 12; key += 1) {
    typing.set(true);
    passMs(1_000);
  }
  passMs(5_000);
  await expect.poll(() => signals).toEqual([true, true, true, false]);
  typing.set(false);
  await Promise.resolve();
  expect(signals).toHaveLength(4);
});

test("a sent message ends typing without a signal, and the next key signals again", async () => {
  const { typing, signals, passMs } = start();
  typing.set(true);
  typing.ended();
  passMs(60_000);
  typing.set(true);
  await expect.poll(() => signals).toEqual([true, true]);
});
