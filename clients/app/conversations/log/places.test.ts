// Guarantees about groups of messages.
import { expect, test } from "vitest";
import { placeOf, type Said } from "./places.ts";

function said(senderId: string | null, time: string): Said {
  return { senderId, at: new Date(`2026-11-29T${time}`).getTime() };
}

const GROUPED = { startsGroup: false, endsGroup: false };

test("messages of one person within five minutes are a group", () => {
  const first = said("grace", "10:00:00");
  const second = said("grace", "10:04:59");
  const third = said("grace", "10:09:58");
  expect(placeOf(first, second, third)).toEqual(GROUPED);
  expect(placeOf(null, first, second)).toEqual({ startsGroup: true, endsGroup: false });
  expect(placeOf(second, third, null)).toEqual({ startsGroup: false, endsGroup: true });
});

test("five minutes, another person or a gone account end a group", () => {
  const first = said("grace", "10:00:00");
  for (const next of [said("grace", "10:05:00"), said("ada", "10:00:01"), said(null, "10:00:01")]) {
    expect(placeOf(null, first, next).endsGroup).toBe(true);
    expect(placeOf(first, next, null).startsGroup).toBe(true);
  }
});

test("midnight ends a group", () => {
  const first = { senderId: "grace", at: new Date("2026-11-28T23:59:59").getTime() };
  const second = said("grace", "00:00:01");
  expect(placeOf(null, first, second).endsGroup).toBe(true);
  expect(placeOf(first, second, null).startsGroup).toBe(true);
});
