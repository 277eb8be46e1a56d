// An event as the form has it: the values of the fields, and what they mean to the server.
import { isTimeZone, localOf, momentOf } from "../zoned.ts";

/** The values of the fields, by their names. Those of times are on the clock of the place. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly venue: string;
  readonly onlineUrl: string;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly registrationOpensAt: string;
  readonly registrationClosesAt: string;
  readonly cancellationClosesAt: string;
  readonly capacity: string;
  /** `on`, or empty. */
  readonly hasWaitlist: string;
  readonly partySizeMax: string;
  /** `on`, or empty. */
  readonly isApprovalRequired: string;
  /** How long a free seat is offered, in minutes; empty where people get it at once. */
  readonly offerMinutes: string;
  /** How many smaller parties may pass. */
  readonly passesMax: string;
  /** With commas between. */
  readonly tags: string;
}

/** In the order of the form. */
export const FIELDS = [
  "title",
  "description",
  "tags",
  "venue",
  "onlineUrl",
  "startsAt",
  "endsAt",
  "timeZone",
  "language",
  "registrationOpensAt",
  "registrationClosesAt",
  "cancellationClosesAt",
  "capacity",
  "partySizeMax",
  "isApprovalRequired",
  "hasWaitlist",
  "offerMinutes",
  "passesMax",
] as const satisfies (keyof Draft)[];

export const REQUIRED = ["title", "startsAt", "endsAt", "timeZone", "capacity", "partySizeMax"];

const HOUR_MS = 3_600_000;
const CAPACITY = 40;
const PASSES = 3;

/** An evening in a week, at the organizer's own clock. */
export function newDraft(now: Date, timeZone: string): Draft {
  const day = localOf(new Date(now.getTime() + 7 * 24 * HOUR_MS), timeZone).slice(0, 10);
  return {
    title: "",
    description: "",
    venue: "",
    onlineUrl: "",
    language: "",
    startsAt: `${day}T18:30`,
    endsAt: `${day}T21:00`,
    timeZone,
    registrationOpensAt: "",
    registrationClosesAt: "",
    cancellationClosesAt: "",
    capacity: String(CAPACITY),
    hasWaitlist: "on",
    partySizeMax: "10",
    isApprovalRequired: "",
    offerMinutes: "",
    passesMax: String(PASSES),
    tags: "",
  };
}

/** The same fields as the server has them. */
export interface EventInput {
  readonly title: string;
  readonly description: string | null;
  readonly venue: string | null;
  readonly onlineUrl: string | null;
  readonly language: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly registrationOpensAt: string | null;
  readonly registrationClosesAt: string | null;
  readonly cancellationClosesAt: string | null;
  readonly capacity: number;
  readonly hasWaitlist: boolean;
  readonly partySizeMax: number;
  readonly isApprovalRequired: boolean;
  readonly offerMinutes: number | null;
  readonly passesMax: number;
  readonly tags: string[];
}

/** An event that is there, in the fields of the form. */
export function draftOf(event: EventInput): Draft {
  const local = (at: string | null) => (at === null ? "" : localOf(at, event.timeZone));
  return {
    title: event.title,
    description: event.description ?? "",
    venue: event.venue ?? "",
    onlineUrl: event.onlineUrl ?? "",
    language: event.language ?? "",
    startsAt: local(event.startsAt),
    endsAt: local(event.endsAt),
    timeZone: event.timeZone,
    registrationOpensAt: local(event.registrationOpensAt),
    registrationClosesAt: local(event.registrationClosesAt),
    cancellationClosesAt: local(event.cancellationClosesAt),
    capacity: String(event.capacity),
    hasWaitlist: event.hasWaitlist ? "on" : "",
    partySizeMax: String(event.partySizeMax),
    isApprovalRequired: event.isApprovalRequired ? "on" : "",
    offerMinutes: event.offerMinutes === null ? "" : String(event.offerMinutes),
    passesMax: String(event.passesMax),
    tags: event.tags.join(", "),
  };
}

/** Of a draft without mistakes; what is no time is the year 1970. */
export function inputOf(draft: Draft): EventInput {
  const zone = isTimeZone(draft.timeZone) ? draft.timeZone : "UTC";
  const moment = (local: string) => (momentOf(local, zone) ?? new Date(0)).toISOString();
  const orNone = (text: string) => text.trim() || null;
  const momentOrNone = (local: string) => (local === "" ? null : moment(local));
  const isOffered = draft.hasWaitlist !== "" && draft.offerMinutes !== "";
  return {
    title: draft.title.trim(),
    description: orNone(draft.description),
    venue: orNone(draft.venue),
    onlineUrl: orNone(draft.onlineUrl),
    language: orNone(draft.language),
    startsAt: moment(draft.startsAt),
    endsAt: moment(draft.endsAt),
    timeZone: draft.timeZone,
    registrationOpensAt: momentOrNone(draft.registrationOpensAt),
    registrationClosesAt: momentOrNone(draft.registrationClosesAt),
    cancellationClosesAt: momentOrNone(draft.cancellationClosesAt),
    capacity: Number(draft.capacity),
    hasWaitlist: draft.hasWaitlist !== "",
    partySizeMax: Number(draft.partySizeMax),
    isApprovalRequired: draft.isApprovalRequired !== "",
    // Without a waitlist nothing is offered.
    offerMinutes: isOffered ? Number(draft.offerMinutes) : null,
    passesMax: draft.passesMax === "" ? PASSES : Number(draft.passesMax),
    tags: tagsOf(draft),
  };
}

export function tagsOf({ tags }: Pick<Draft, "tags">): string[] {
  return tags
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
}
