// Guarantees about typing in a list: it ends by itself, and conversation by conversation.
import { expect, test } from "vitest";
import { InboxTyping } from "./inbox-typing.ts";

function aList() {
  const timers = new Map<number, { readonly at: number; readonly work: () => void }>();
  let now = 0;
  let made = 0;
  const clock = {
    now: () => now,
    after(ms: number, work: () => void) {
      made += 1;
      const id = made;
      timers.set(id, { at: now + ms, work });
      return () => void timers.delete(id);
    },
  };
  const shown = new Map<string, readonly string[]>();
  const typing = new InboxTyping(clock, (id, userIds) => void shown.set(id, userIds));
  const pass = (ms: number) => {
    now += ms;
    for (const [id, { at, work }] of [...timers]) {
      if (at <= now && timers.delete(id)) work();
    }
  };
  return { typing, pass, timers, shown: () => Object.fromEntries(shown) };
}

test("typing that is not repeated ends after ten seconds", () => {
  const { typing, pass, shown, timers } = aList();
  typing.set("c", "ada", true);
  pass(6_000);
  typing.set("c", "bob", true);
  typing.set("d", "ada", true);
  expect(shown()).toEqual({ c: ["ada", "bob"], d: ["ada"] });
  pass(4_000);
  expect(shown()).toEqual({ c: ["bob"], d: ["ada"] });
  pass(6_000);
  expect(shown()).toEqual({ c: [], d: [] });
  expect(timers.size).toBe(0);
});

test("a conversation that is removed, and a list that is closed, leave no timer", () => {
  const { typing, timers } = aList();
  typing.set("c", "ada", true);
  typing.set("d", "ada", true);
  typing.set("e", "ada", false);
  typing.remove("c");
  expect(timers.size).toBe(1);
  typing.close();
  expect(timers.size).toBe(0);
});
