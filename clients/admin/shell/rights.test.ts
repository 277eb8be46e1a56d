// Guarantees about the areas of the portal.
import { expect, test } from "vitest";
import { areasOf, mayCreateEvents } from "./rights.ts";

test("roles open their areas, and an admin has all", () => {
  expect(areasOf(["USER", "ORGANIZER"], false)).toEqual(["events"]);
  expect(areasOf(["USER", "MODERATOR"], false)).toEqual(["people"]);
  expect(areasOf(["USER", "ORGANIZER", "MODERATOR"], false)).toEqual(["events", "people"]);
  expect(areasOf(["ADMIN"], false)).toEqual(["events", "people", "operations"]);
});

test("a person without a role of the portal has no area", () => {
  expect(areasOf(["USER"], false)).toEqual([]);
  expect(areasOf([], false)).toEqual([]);
});

test("a host of an event has the events without a role, and makes none", () => {
  expect(areasOf(["USER"], true)).toEqual(["events"]);
  expect(mayCreateEvents(["USER"])).toBe(false);
  expect(mayCreateEvents(["USER", "ORGANIZER"])).toBe(true);
});
