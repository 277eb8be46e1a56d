// Judges a change of an event: which fields are others afterwards, and of which people are told.
// Pure: no clock, no database.
import type { EventFields, EventRow } from "../events/store.ts";

/** A missing field stays as it is; null empties it. */
export type EventPatch = {
  readonly [Field in keyof EventFields]?: EventFields[Field] | null | undefined;
};

export type EventChangeKind = "TIME" | "PLACE" | "TIME_ZONE" | "ONLINE_LINK" | "CANCELLED";

/** The kinds of a changed field that people are told. */
const TOLD: Partial<Record<keyof EventFields, EventChangeKind>> = {
  startsAt: "TIME",
  endsAt: "TIME",
  venue: "PLACE",
  timeZone: "TIME_ZONE",
  onlineUrl: "ONLINE_LINK",
};

/** The fields that may not be empty. */
const REQUIRED = [
  "title",
  "startsAt",
  "endsAt",
  "timeZone",
  "capacity",
  "hasWaitlist",
  "partySizeMax",
  "passesMax",
  "isApprovalRequired",
  "tags",
] as const satisfies readonly (keyof EventFields)[];

/** The required fields that a change would empty. */
export function emptied(patch: EventPatch): (keyof EventFields)[] {
  return REQUIRED.filter((field) => patch[field] === null || patch[field] === "");
}

/** The fields of an event after a change that empties no required field. */
export function patched(event: EventFields, patch: EventPatch): EventFields {
  const pick = <Field extends keyof EventFields>(field: Field): EventFields[Field] => {
    const given = patch[field];
    return given === undefined ? event[field] : (given as EventFields[Field]);
  };
  return {
    title: pick("title"),
    description: pick("description"),
    venue: pick("venue"),
    startsAt: pick("startsAt"),
    endsAt: pick("endsAt"),
    timeZone: pick("timeZone"),
    capacity: pick("capacity"),
    hasWaitlist: pick("hasWaitlist"),
    partySizeMax: pick("partySizeMax"),
    passesMax: pick("passesMax"),
    offerMinutes: pick("offerMinutes"),
    isApprovalRequired: pick("isApprovalRequired"),
    tags: pick("tags"),
    onlineUrl: pick("onlineUrl"),
    language: pick("language"),
    registrationOpensAt: pick("registrationOpensAt"),
    registrationClosesAt: pick("registrationClosesAt"),
    cancellationClosesAt: pick("cancellationClosesAt"),
  };
}

/** The fields that differ. */
export function changedFields(before: EventFields, after: EventFields): (keyof EventFields)[] {
  const fields = Object.keys(after) as (keyof EventFields)[];
  return fields.filter((field) => textOf(before[field]) !== textOf(after[field]));
}

/** The fields by which seats are given. */
const SEATING: readonly (keyof EventFields)[] = [
  "capacity",
  "passesMax",
  "offerMinutes",
  "startsAt",
  "endsAt",
  "registrationClosesAt",
];

/** Whether a change may free seats, end offers, or let somebody pass. */
export function mayMoveSeats(changed: readonly (keyof EventFields)[]): boolean {
  return changed.some((field) => SEATING.includes(field));
}

function textOf(value: EventFields[keyof EventFields]): string {
  return JSON.stringify(value);
}

/** The kinds of changes that everybody with a registration is told, each once, in this order. */
export function toldChanges(changed: readonly (keyof EventFields)[]): EventChangeKind[] {
  const kinds = new Set(changed.map((field) => TOLD[field]));
  return (["TIME", "PLACE", "TIME_ZONE", "ONLINE_LINK"] as const).filter((kind) => kinds.has(kind));
}

export type UpdateRefusal =
  | { readonly kind: "outdated" }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "started"; readonly startedAt: Date };

/**
 * Why a change that is none of a cancelled event is refused; null when it is not. An event that is
 * over keeps everything but its description; one that runs keeps its start.
 */
export function judgeUpdate(
  event: Pick<EventRow, "startsAt" | "endsAt" | "version">,
  changed: readonly (keyof EventFields)[],
  expectedVersion: number | null,
  now: Date,
): UpdateRefusal | null {
  if (expectedVersion !== null && expectedVersion !== event.version) return { kind: "outdated" };
  const isOver = event.endsAt <= now;
  if (isOver && changed.some((field) => field !== "description")) {
    return { kind: "ended", endedAt: event.endsAt };
  }
  if (event.startsAt <= now && changed.includes("startsAt")) {
    return { kind: "started", startedAt: event.startsAt };
  }
  return null;
}
