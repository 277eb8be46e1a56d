// Guarantees about who may see and manage events and registrations.
import { expect, test } from "vitest";
import type { Viewer } from "#kit/trust/identity";
import {
  canCheckIn,
  canEdit,
  canManage,
  canSee,
  canSeeDecision,
  canSeePeople,
  canSeeRegistration,
  type HostRights,
  rightsAt,
} from "./access.ts";

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
      canSee(draft, who, null),
    ),
  ).toEqual([false, false, true, true]);
  expect(canSee(published, null, null)).toBe(true);
  expect(canSee(draft, viewer("bob"), [])).toBe(true);
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
  const seen = who.map((each) => canSeeRegistration(registration, published, each, null));
  expect(seen).toEqual([false, false, true, true, true]);
});

test("a host may do what their rights say, the organizer and admins everything", () => {
  const bob = viewer("bob");
  const of = (who: Viewer | null, rights: HostRights) =>
    [canEdit, canCheckIn, canSeePeople].map((may) => may(published, who, rights));
  expect(of(bob, null)).toEqual([false, false, false]);
  expect(of(bob, [])).toEqual([false, false, false]);
  expect(of(bob, ["EDIT"])).toEqual([true, false, false]);
  expect(of(bob, ["CHECK_IN"])).toEqual([false, true, false]);
  expect(of(bob, ["SEE_PEOPLE"])).toEqual([false, false, true]);
  expect(of(viewer("olga"), null)).toEqual([true, true, true]);
  expect(of(viewer("eve", ["admin"]), null)).toEqual([true, true, true]);
  expect(rightsAt(published, bob, ["SEE_PEOPLE", "EDIT"])).toEqual(["EDIT", "SEE_PEOPLE"]);
  expect(rightsAt(published, bob, null)).toEqual([]);
  expect(canManage(published, bob)).toBe(false);
});

test("the person, and hosts who decide on people or see them, know why it ended", () => {
  const bob = viewer("bob");
  const seen = (who: Viewer | null, rights: HostRights) =>
    canSeeDecision({ attendeeId: "ada" }, published, who, rights);
  expect([null, [], ["CHECK_IN"] as const].map((rights) => seen(bob, rights))).toEqual([
    ...[false, false, false],
  ]);
  expect([["EDIT"] as const, ["SEE_PEOPLE"] as const].map((each) => seen(bob, each))).toEqual([
    ...[true, true],
  ]);
  expect([viewer("ada"), viewer("olga"), null].map((who) => seen(who, null))).toEqual([
    ...[true, true, false],
  ]);
});
