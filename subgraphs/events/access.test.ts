// Who may see and run what.
import { expect, test } from "vitest";
import type { Viewer } from "#kit/trust/identity";
import { canRun, canSee, canSeeRegistration } from "./access.ts";

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

test("a registration is seen by its person and by who runs the event", () => {
  const registration = { attendeeId: "ada" };
  const who = [null, viewer("bob"), viewer("ada"), viewer("olga"), viewer("eve", ["admin"])];
  const seen = who.map((each) => canSeeRegistration(registration, published, each));
  expect(seen).toEqual([false, false, true, true, true]);
});
