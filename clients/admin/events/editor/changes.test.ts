// Guarantees about changes of an event, and about those that two people make at once.
import { expect, test } from "vitest";
import { merge, patchOf, toldFields } from "./changes.ts";
import { type Draft, newDraft } from "./draft.ts";

const before: Draft = {
  ...newDraft(new Date("2026-11-30T10:00:00Z"), "Europe/Paris"),
  title: "Compilers",
};
const with_ = (change: Partial<Draft>): Draft => ({ ...before, ...change });

test("only the fields that are others are sent", () => {
  expect(patchOf(before, with_({ title: "Parsers", venue: "Pier" }))).toEqual({
    title: "Parsers",
    venue: "Pier",
  });
  expect(patchOf(before, with_({ description: "  ", tags: " , " }))).toEqual({});
});

test("the same clock times in another zone are other times, and are told", () => {
  const moved = with_({ timeZone: "Europe/London" });
  expect(patchOf(before, moved)).toEqual({
    timeZone: "Europe/London",
    startsAt: "2026-12-07T18:30:00.000Z",
    endsAt: "2026-12-07T21:00:00.000Z",
  });
  expect(toldFields(before, moved)).toEqual(["startsAt", "endsAt", "timeZone"]);
  expect(toldFields(before, with_({ capacity: "3", title: "Parsers" }))).toEqual([]);
});

test("changes of two people are both kept, and the other's are shown", () => {
  const mine = with_({ title: "Parsers", capacity: "30" });
  const theirs = with_({ venue: "Pier", capacity: "50" });
  const { draft, others } = merge(before, mine, theirs);
  expect(draft).toEqual(with_({ title: "Parsers", capacity: "30", venue: "Pier" }));
  expect(others).toEqual([
    { field: "venue", theirs: "Pier", mine: null },
    { field: "capacity", theirs: "50", mine: "30" },
  ]);
});

test("two people who change the same to the same do not disagree", () => {
  const both = with_({ venue: "Pier" });
  expect(merge(before, both, both)).toEqual({
    draft: both,
    others: [{ field: "venue", theirs: "Pier", mine: null }],
  });
});
