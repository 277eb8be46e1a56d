// Guarantees about when people are told that an offer ends soon.
import { expect, test } from "vitest";
import { lapsesOf } from "./lapses.ts";

const now = new Date("2026-12-24T12:00:00.000Z");
const offer = (end: string | null) => ({
  id: "019f0000-0000-7000-8000-000000000001",
  eventId: "019f0000-0000-7000-8000-000000000002",
  offerExpiresAt: end === null ? null : new Date(end),
});

test.each([
  ["2026-12-25T12:00:00.000Z", ["2026-12-25T11:00:00.000Z"]],
  ["2026-12-24T14:00:00.000Z", ["2026-12-24T13:00:00.000Z"]],
  ["2026-12-24T13:59:59.999Z", []],
  [null, []],
])("an offer until %s is told at %j", (end, expected) => {
  const jobs = lapsesOf([offer(end)], now);
  expect(jobs.map(({ options }) => options.runAt?.toISOString())).toEqual(expected);
});
