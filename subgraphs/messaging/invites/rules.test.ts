// Guarantees about invites: when they can be used.
import { expect, test } from "vitest";
import { isLive } from "./rules.ts";

test("an invite is for its time and its number of people", () => {
  const now = new Date("2026-12-01T10:00:00Z");
  const later = new Date("2026-12-01T10:00:01Z");
  const invite = { expiresAt: null, uses: 3, usesMax: null };
  expect(isLive(invite, now)).toBe(true);
  expect(isLive({ ...invite, expiresAt: later }, now)).toBe(true);
  expect(isLive({ ...invite, expiresAt: now }, now)).toBe(false);
  expect(isLive({ ...invite, usesMax: 4 }, now)).toBe(true);
  expect(isLive({ ...invite, usesMax: 3 }, now)).toBe(false);
});
