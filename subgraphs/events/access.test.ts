// Guarantees about who may see and manage events and registrations.
import { expect, test } from "vitest";
import type { Viewer } from "#kit/trust/identity";
import { canManage, canSee, canSeeRegistration } from "./access.ts";

const viewer = (id: string, scopes: string[] = []): Viewer => ({
  id,
  sessionId: "s",
  roles: [],
  scopes,
  expiresAt: 0,
});
const draft = { organizerId: "olga", status: "DRAFT" } as const;
const published = { organizerId: "olga", status: "PUBLISHED" } as const;

test("a draft is visible to those who manage it, a published event to everyone", () => {
  expect(
    [null, viewer("bob"), viewer("olga"), viewer("eve", ["admin"])].map((who) =>
      canSee(draft, who),
    ),
  ).toEqual([false, false, true, true]);
  expect(canSee(published, null)).toBe(true);
});

test("the organizer and admins manage an event", () => {
  expect(canManage(published, null)).toBe(false);
  expect(canManage(published, viewer("bob", ["events:write"]))).toBe(false);
  expect(canManage(published, viewer("olga"))).toBe(true);
  expect(canManage(published, viewer("eve", ["admin"]))).toBe(true);
});

test("a registration is visible to its person and to those who manage the event", () => {
  const registration = { attendeeId: "ada" };
  const who = [null, viewer("bob"), viewer("ada"), viewer("olga"), viewer("eve", ["admin"])];
  const seen = who.map((each) => canSeeRegistration(registration, published, each));
  expect(seen).toEqual([false, false, true, true, true]);
});
