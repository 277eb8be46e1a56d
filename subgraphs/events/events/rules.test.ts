import { describe, expect, test } from "vitest";
import type { Viewer } from "#kit/identity";
import { canRun, canSee, hasEnded, timeMistakes } from "./rules.ts";

const viewer = (id: string, scopes: string[] = []): Viewer => ({
  id,
  sessionId: "s",
  roles: [],
  scopes,
  expiresAt: 0,
});
const draft = { organizerId: "olga", status: "DRAFT" } as const;
const published = { organizerId: "olga", status: "PUBLISHED" } as const;

test("a draft is seen by who runs it, a published event by everybody", () => {
  expect(
    [null, viewer("bob"), viewer("olga"), viewer("eve", ["admin"])].map((who) =>
      canSee(draft, who),
    ),
  ).toEqual([false, false, true, true]);
  expect(canSee(published, null)).toBe(true);
});

test("an event is run by its organizer and by admins", () => {
  expect(canRun(published, null)).toBe(false);
  expect(canRun(published, viewer("bob", ["events:write"]))).toBe(false);
  expect(canRun(published, viewer("olga"))).toBe(true);
  expect(canRun(published, viewer("eve", ["admin"]))).toBe(true);
});

describe("the times of a new event", () => {
  const now = new Date("2026-05-04T12:00:00Z");
  const at = (text: string) => new Date(text);

  test.each([
    ["2026-05-04T12:00:01Z", "2026-05-04T13:00:00Z", []],
    ["2026-05-04T12:00:00Z", "2026-05-04T13:00:00Z", ["startsAt"]],
    ["2026-05-05T12:00:00Z", "2026-05-05T12:00:00Z", ["endsAt"]],
    ["2026-05-05T12:00:00Z", "2026-06-04T12:00:00Z", []],
    ["2026-05-05T12:00:00Z", "2026-06-04T12:00:01Z", ["endsAt"]],
    ["2026-05-03T12:00:00Z", "2026-05-02T12:00:00Z", ["startsAt", "endsAt"]],
  ])("from %s to %s have mistakes in %j", (startsAt, endsAt, fields) => {
    const mistakes = timeMistakes({ startsAt: at(startsAt), endsAt: at(endsAt) }, now);
    expect(mistakes.map((mistake) => mistake.field)).toEqual(fields);
  });

  test("an event has ended at the very moment it ends", () => {
    expect(hasEnded({ endsAt: now }, now)).toBe(true);
    expect(hasEnded({ endsAt: at("2026-05-04T12:00:01Z") }, now)).toBe(false);
  });
});
