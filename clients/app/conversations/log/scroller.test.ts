// Guarantees about scrolling: what is in view stays there.
import type { Message } from "@meetinity/client";
import { expect, test } from "vitest";
import { Scroller } from "./scroller.ts";

/** A list of rows of 100 pixels in a view of 500. */
function openLog({ opensAt = null as number | null, seqs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } = {}) {
  const jumps: (number | "end")[] = [];
  const away: boolean[] = [];
  const conversation = {
    jumpTo: async (seq: number) => void jumps.push(seq),
    jumpToEnd: async () => void jumps.push("end"),
  };
  const scroller = new Scroller(conversation, opensAt, (isAway) => away.push(isAway));
  let total = 0;
  const list = {
    scrollOffset: 0,
    viewportSize: 500,
    get scrollSize() {
      return Math.max(500, total * 100);
    },
    scrollToIndex(index: number, { align = "start", offset = 0 } = {}) {
      const rest = align === "end" ? -400 : align === "center" ? -200 : 0;
      const top = Math.max(0, Math.min(index * 100 + rest + offset, list.scrollSize - 500));
      list.scrollOffset = top;
      scroller.scrolled();
    },
  };
  scroller.attach(list);
  const show = (all: readonly number[], hasLater = false) => {
    total = all.length;
    const messages = all.map((seq) => ({ seq }) as Message);
    scroller.shows({ messages, hasLater, total });
  };
  show(seqs);
  const scrollTo = (offset: number) => {
    list.scrollOffset = offset;
    scroller.scrolled();
  };
  return { scroller, list, jumps, away, show, scrollTo };
}

test("a log opens at its end and follows new messages", () => {
  const { list, show } = openLog();
  expect(list.scrollOffset).toBe(500);
  show([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(list.scrollOffset).toBe(600);
});

test("a log opens a little above the first unread message and stays there", () => {
  const { list, show } = openLog({ opensAt: 4 });
  expect(list.scrollOffset).toBe(228);
  show([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(list.scrollOffset).toBe(228);
});

test("new messages do not move a reader who has scrolled up", () => {
  const { list, show, scrollTo, away } = openLog();
  scrollTo(100);
  show([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(list.scrollOffset).toBe(100);
  expect(away.at(-1)).toBe(true);
});

test("a reader who comes back to the end follows it again", () => {
  const { list, show, scrollTo, away } = openLog();
  scrollTo(100);
  scrollTo(480);
  expect(away.at(-1)).toBe(false);
  show([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(list.scrollOffset).toBe(600);
});

test("the end stays in view when less of the log is in view", () => {
  const { scroller, list } = openLog();
  list.viewportSize = 500;
  list.scrollOffset = 300;
  scroller.resized();
  expect(list.scrollOffset).toBe(500);
});

test("at the end of a page that is not the last one, a reader is not moved to the next", () => {
  const { list, show, scrollTo } = openLog();
  show([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], true);
  scrollTo(400);
  scrollTo(500);
  show([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], false);
  expect(list.scrollOffset).toBe(500);
});

test("a jump to a message that is here loads nothing", async () => {
  const { scroller, list, jumps } = openLog();
  await scroller.jumpTo(5);
  expect(list.scrollOffset).toBe(200);
  expect(jumps).toEqual([]);
});

test("a jump to a message elsewhere shows it when it has been loaded", async () => {
  const { scroller, list, show, jumps } = openLog({ seqs: [31, 32, 33, 34, 35, 36, 37, 38] });
  await scroller.jumpTo(14);
  expect(jumps).toEqual([14]);
  show([10, 11, 12, 13, 14, 15, 16, 17, 18, 19], true);
  expect(list.scrollOffset).toBe(200);
});

test("a jump to the end loads the latest messages and follows them", async () => {
  const { scroller, list, show, jumps } = openLog();
  show([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], true);
  await scroller.jumpToEnd();
  expect(jumps).toEqual(["end"]);
  show([91, 92, 93, 94, 95, 96, 97, 98], false);
  expect(list.scrollOffset).toBe(300);
});
