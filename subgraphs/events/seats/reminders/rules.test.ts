// Guarantees about when people are reminded of an event.
import { expect, test } from "vitest";
import { dueStarts } from "./rules.ts";

const start = new Date("2026-12-24T17:00:00.000Z");

const kindsAt = (now: string) =>
  dueStarts(new Date(now))
    .filter(({ from, to }) => from < start && start <= to)
    .map(({ kind }) => kind);

test.each([
  ["2026-12-23T16:59:59.999Z", []],
  ["2026-12-23T17:00:00.000Z", ["DAY"]],
  ["2026-12-23T20:59:59.999Z", ["DAY"]],
  ["2026-12-23T21:00:00.000Z", []],
  ["2026-12-24T16:00:00.000Z", ["HOUR"]],
  ["2026-12-24T16:44:59.999Z", ["HOUR"]],
  ["2026-12-24T16:45:00.000Z", []],
])("at %s people are reminded as %j", (now, kinds) => {
  expect(kindsAt(now)).toEqual(kinds);
});
