// Guarantees about the end of muting: it is told at its time, and again until the server agrees.
import { expect, test } from "vitest";
import { MuteEnds } from "./mute-ends.ts";

/** A clock that a test moves. */
function aClock() {
  let now = Date.parse("2026-01-01T00:00:00.000Z");
  let timers: { readonly at: number; readonly work: () => void }[] = [];
  return {
    now: () => now,
    after(ms: number, work: () => void) {
      const timer = { at: now + ms, work };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    pass(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { work } of due) work();
    },
  };
}

const MINUTE = 60_000;

function scene() {
  const clock = aClock();
  const told: string[] = [];
  const ends = new MuteEnds(clock, (id) => told.push(id), clock.now);
  const until = (minutes: number) => new Date(clock.now() + minutes * MINUTE).toISOString();
  return { clock, told, ends, until };
}

test("each conversation is told at its end, and none that is muted for ever", () => {
  const { clock, told, ends, until } = scene();
  const [soon, later] = [until(1), until(2)];
  const forEver = { id: "ever", mutedUntil: null };
  ends.follow([{ id: "later", mutedUntil: later }, { id: "soon", mutedUntil: soon }, forEver]);
  clock.pass(MINUTE - 1);
  expect(told).toEqual([]);
  clock.pass(1_000);
  expect(told).toEqual(["soon"]);
  ends.follow([{ id: "later", mutedUntil: later }, forEver]);
  clock.pass(MINUTE);
  expect(told).toEqual(["soon", "later"]);
});

test("a conversation that the server still mutes is told again, and none after the closing", () => {
  const { clock, told, ends, until } = scene();
  ends.follow([{ id: "c", mutedUntil: until(1) }]);
  clock.pass(MINUTE + 1_000);
  clock.pass(MINUTE);
  expect(told).toEqual(["c", "c"]);
  ends.close();
  clock.pass(10 * MINUTE);
  expect(told).toEqual(["c", "c"]);
});

test("muting for a year waits in parts that timers of browsers can wait", () => {
  const { clock, told, ends, until } = scene();
  ends.follow([{ id: "c", mutedUntil: until(60 * 24 * 365) }]);
  for (let day = 0; day < 364; day += 1) clock.pass(24 * 60 * MINUTE);
  expect(told).toEqual([]);
  clock.pass(2 * 24 * 60 * MINUTE);
  expect(told).toEqual(["c"]);
});
