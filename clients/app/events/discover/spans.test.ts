// Guarantees about the times of filters. Dates are those of the machine's own zone, as a browser's.
import { expect, it } from "vitest";
import { midnightOf, ownSpan, spanOf } from "./spans.ts";

const on = (month: number, day: number, hour = 0) => new Date(2026, month - 1, day, hour);
/** A Wednesday. */
const WEDNESDAY = on(12, 2, 15);

it("a day, a week and a month end with their last midnight", () => {
  expect(spanOf("today", WEDNESDAY)).toEqual({ after: null, before: on(12, 3) });
  expect(spanOf("week", WEDNESDAY)).toEqual({ after: null, before: on(12, 7) });
  expect(spanOf("month", WEDNESDAY)).toEqual({ after: null, before: new Date(2027, 0, 1) });
  expect(spanOf("week", on(12, 6, 23))).toEqual({ after: null, before: on(12, 7) });
  expect(spanOf("week", on(12, 7))).toEqual({ after: null, before: on(12, 14) });
});

it("a weekend is the next one, or the one that runs", () => {
  const weekend = { after: on(12, 5), before: on(12, 7) };
  expect(spanOf("weekend", on(11, 30))).toEqual(weekend);
  expect(spanOf("weekend", on(12, 4, 23))).toEqual(weekend);
  expect(spanOf("weekend", on(12, 5))).toEqual({ after: null, before: on(12, 7) });
  expect(spanOf("weekend", on(12, 6, 23))).toEqual({ after: null, before: on(12, 7) });
});

it("a day is a calendar day where clocks change", () => {
  for (const [month, day] of [
    [3, 28],
    [3, 29],
    [10, 24],
    [10, 25],
    [11, 1],
  ] as const) {
    const { before } = spanOf("today", on(month, day, 12));
    expect([before?.getDate(), before?.getHours()]).toEqual([on(month, day + 1).getDate(), 0]);
  }
});

it("an own range has whole days, open at either end, and begins now at the earliest", () => {
  expect(ownSpan("2026-12-04", "2026-12-04", WEDNESDAY)).toEqual({
    after: on(12, 4),
    before: on(12, 5),
  });
  expect(ownSpan("2026-12-04", undefined, WEDNESDAY)).toEqual({ after: on(12, 4), before: null });
  expect(ownSpan(undefined, "2026-12-31", WEDNESDAY).before).toEqual(new Date(2027, 0, 1));
  expect(ownSpan("2026-11-01", undefined, WEDNESDAY)).toEqual({ after: null, before: null });
});

it.each(["2026-02-29", "2026-13-01", "2026-00-10", "0026-12-04", "4 Dec", "", "2026-1-1"])(
  "%j is no date",
  (text) => expect(midnightOf(text)).toBeNull(),
);
