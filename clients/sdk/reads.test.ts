// Guarantees about reads on a slow line: what is kept is shown in time, what comes late takes its
// place, and no answer makes a screen ask for ever.
import { expect, test } from "vitest";
import { Me } from "./generated/operations.ts";
import { createKept, type KeptAnswer } from "./kept.ts";
import { createNetwork } from "./network.ts";
import { createObservable } from "./observable.ts";
import { withKept } from "./reads.ts";
import type { Request } from "./requests.ts";
import type { SessionState } from "./session-state.ts";

/** A clock that the test moves, and a store in memory with an answer that is an hour old. */
function aSlowLine() {
  let time = 3_600_000;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  const clock = {
    now: () => time,
    after(ms: number, work: () => void) {
      const timer = { at: time + ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  };
  const answers = new Map<string, KeptAnswer>();
  const session = createObservable<SessionState>({ status: "signedIn", viewerId: "ada" });
  const network = createNetwork();
  const store = {
    read: async (_: string, key: string) => answers.get(key) ?? null,
    write: async (_: string, key: string, answer: KeptAnswer) => void answers.set(key, answer),
    keepOnly: async () => answers.clear(),
  };
  const options = { store, operations: ["Me"], now: () => time, session, clock, network };
  const kept = createKept(options);
  const waiting: ((data: unknown) => void)[] = [];
  const request: Request = (operation, variables) =>
    new Promise((resolve) => {
      waiting.push((data) => {
        kept.took(operation, variables, "ada", { data });
        network.heard();
        resolve({ data } as never);
      });
    });
  const read = withKept(request, { kept, clock, network });
  return {
    network,
    session,
    kept,
    read: () => read(Me, {}),
    answer: (data: unknown) => waiting.shift()?.(data),
    async pass(ms: number) {
      // The request has begun to wait.
      await Promise.resolve();
      time += ms;
      for (const timer of [...timers].filter(({ at }) => at <= time)) {
        timers.delete(timer);
        timer.work();
      }
    },
  };
}

test("a late answer is read anew once, and a slow line does not ask for ever", async () => {
  const line = aSlowLine();
  const first = line.read();
  line.answer("an hour ago");
  await first;
  await line.pass(3_600_000);
  let [again, before] = [0, line.network.getSnapshot()];
  // As screens do: they read again when the network was away.
  line.network.subscribe(() => {
    const now = line.network.getSnapshot();
    if (before === "away" && now === "reached") again += 1;
    before = now;
  });
  const second = line.read();
  await line.pass(4_000);
  expect(await second).toEqual({ data: "an hour ago" });
  expect(line.network.getSnapshot()).toBe("away");
  line.answer("now");
  expect(again).toBe(1);
  const third = line.read();
  await line.pass(4_000);
  expect(await third).toEqual({ data: "now" });
  expect(line.network.getSnapshot()).toBe("slow");
  line.answer("later");
  expect(again).toBe(1);
});

test("an answer for a person who is gone is not kept", async () => {
  const line = aSlowLine();
  const read = line.read();
  line.session.set({ status: "signedIn", viewerId: "eve" });
  line.answer("of Ada");
  await read;
  expect(line.kept.seen.getSnapshot()).toEqual([]);
  line.session.set({ status: "signedIn", viewerId: "ada" });
  expect(await line.kept.find(Me, {})).toBeNull();
});
