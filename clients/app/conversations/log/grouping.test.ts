// Guarantees about groups of messages.
import { expect, test } from "vitest";
import { type GroupedMessage, groupingOf } from "./grouping.ts";

function aMessage(senderId: string | null, time: string): GroupedMessage {
  return { senderId, at: new Date(`2026-11-29T${time}`).getTime() };
}

const GROUPED = { startsGroup: false, endsGroup: false };

test("messages of one person within five minutes are a group", () => {
  const first = aMessage("grace", "10:00:00");
  const second = aMessage("grace", "10:04:59");
  const third = aMessage("grace", "10:09:58");
  expect(groupingOf(first, second, third)).toEqual(GROUPED);
  expect(groupingOf(null, first, second)).toEqual({ startsGroup: true, endsGroup: false });
  expect(groupingOf(second, third, null)).toEqual({ startsGroup: false, endsGroup: true });
});

test("five minutes, another person or a gone account end a group", () => {
  const first = aMessage("grace", "10:00:00");
  for (const next of [
    aMessage("grace", "10:05:00"),
    aMessage("ada", "10:00:01"),
    aMessage(null, "10:00:01"),
  ]) {
    expect(groupingOf(null, first, next).endsGroup).toBe(true);
    expect(groupingOf(first, next, null).startsGroup).toBe(true);
  }
});

test("midnight ends a group", () => {
  const first = { senderId: "grace", at: new Date("2026-11-28T23:59:59").getTime() };
  const second = aMessage("grace", "00:00:01");
  expect(groupingOf(null, first, second).endsGroup).toBe(true);
  expect(groupingOf(first, second, null).startsGroup).toBe(true);
});
