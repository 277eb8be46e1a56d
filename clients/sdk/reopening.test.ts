// Guarantees about lists that have failed: they are opened again, and never after they are closed.
import { expect, test } from "vitest";
import { Reopening } from "./reopening.ts";

function start() {
  const pauses: number[] = [];
  let due: (() => void) | null = null;
  let opened = 0;
  const clock = {
    now: () => 0,
    after(ms: number, work: () => void) {
      pauses.push(ms);
      due = work;
      return () => {
        due = null;
      };
    },
  };
  const reopen = () => {
    opened += 1;
  };
  const reopening = new Reopening({ clock, random: () => 1, reopen });
  const elapse = () => {
    const work = due;
    due = null;
    work?.();
  };
  return { reopening, pauses, elapse, openings: () => opened };
}

test("a list that fails again and again is opened again after longer and longer pauses", () => {
  const { reopening, pauses, elapse, openings } = start();
  for (const count of [1, 2, 3]) {
    reopening.failed();
    reopening.failed();
    elapse();
    expect(openings()).toBe(count);
  }
  expect(pauses).toEqual([4_000, 8_000, 16_000]);
  reopening.succeeded();
  reopening.failed();
  expect(pauses.at(-1)).toBe(4_000);
});

test("a closed list is not opened again", () => {
  const { reopening, elapse, openings } = start();
  reopening.failed();
  reopening.close();
  reopening.failed();
  elapse();
  expect(openings()).toBe(0);
});
