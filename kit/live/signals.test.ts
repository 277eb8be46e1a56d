// Guarantees about signals: they reach listeners of their channel, in bounded queues, until the
// end.
import { expect, test } from "vitest";
import { createSignals } from "#kit/live/signals";

/** A bus within this process. */
function busOfOne() {
  const listeners = new Map<string, Set<(message: unknown) => void>>();
  return {
    listeners,
    publish(channel: string, message: unknown) {
      for (const onMessage of listeners.get(channel) ?? []) onMessage(message);
    },
    async subscribe(channel: string, onMessage: (message: unknown) => void) {
      const all = listeners.get(channel) ?? new Set();
      listeners.set(channel, all.add(onMessage));
      return () => void all.delete(onMessage);
    },
  };
}

const NEVER = Number.MAX_SAFE_INTEGER;

test("a signal reaches the listeners of its channel, and no others", async () => {
  const signals = createSignals(busOfOne());
  const [a, b] = [await signals.listen("a", NEVER), await signals.listen("b", NEVER)];
  signals.send("a", 1);
  signals.send("b", 2);
  expect([await a.next(), await b.next()]).toMatchObject([{ value: 1 }, { value: 2 }]);
});

test("a slow listener keeps only the latest signals", async () => {
  const signals = createSignals(busOfOne());
  const slow = await signals.listen("a", NEVER);
  for (let signal = 1; signal <= 100; signal += 1) signals.send("a", signal);
  expect(await slow.next()).toMatchObject({ value: 69 });
});

test("a listener unsubscribes when it leaves, its session ends, or the server stops", async () => {
  const bus = busOfOne();
  const signals = createSignals(bus);
  const left = await signals.listen("a", NEVER);
  const pending = left.next();
  await left.return?.();
  expect(await pending).toEqual({ done: true, value: undefined });
  const expired = await signals.listen("a", Date.now() + 5);
  await expect(expired.next()).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
  const closed = (await signals.listen("a", NEVER)).next();
  signals.close();
  await expect(closed).rejects.toMatchObject({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
  expect(bus.listeners.get("signal:a")?.size).toBe(0);
});
