// Which areas of the portal are somebody's. The server decides again what they may
// see and do there.
import type { Role } from "@meetinity/client/operations";

/** In the order of the navigation. */
export const AREAS = ["events", "people", "operations"] as const;
export type Area = (typeof AREAS)[number];

const ROLES: Readonly<Record<Area, readonly Role[]>> = {
  events: ["ORGANIZER", "ADMIN"],
  people: ["MODERATOR", "ADMIN"],
  operations: ["ADMIN"],
};

/** A host of an event needs no role: `hasEvents` says that there is one that the person manages. */
export function areasOf(roles: readonly Role[], hasEvents: boolean): Area[] {
  return AREAS.filter(
    (area) => (area === "events" && hasEvents) || ROLES[area].some((role) => roles.includes(role)),
  );
}

export function mayCreateEvents(roles: readonly Role[]): boolean {
  return ROLES.events.some((role) => roles.includes(role));
}
