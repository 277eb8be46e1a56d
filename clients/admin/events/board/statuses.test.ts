// Guarantees about the states on the board of an event.
import { expect, test } from "vitest";
import { isActive, STATUSES, totalsOf } from "./statuses.ts";

const shown = (totals: Parameters<typeof totalsOf>[0]) =>
  totalsOf(totals).map(({ status, count }) => `${status} ${count}`);

const total = (status: "CONFIRMED" | "OFFERED", count: number) => ({
  __typename: "RegistrationTotal" as const,
  status,
  count,
  seats: count,
});

test("the usual states are there without anybody, others with somebody", () => {
  expect(shown([])).toEqual(["CONFIRMED 0", "WAITLISTED 0", "CANCELLED 0"]);
  expect(shown([total("OFFERED", 2), total("CONFIRMED", 3)])).toEqual([
    "CONFIRMED 3",
    "OFFERED 2",
    "WAITLISTED 0",
    "CANCELLED 0",
  ]);
  expect(shown(null)).toEqual(shown([]));
});

test("what has ended cannot be removed", () => {
  expect(STATUSES.filter((status) => !isActive(status))).toEqual([
    "DECLINED",
    "EXPIRED",
    "CANCELLED",
  ]);
});
