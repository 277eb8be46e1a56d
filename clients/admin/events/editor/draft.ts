// An event as the form has it, and what is wrong with it before it is sent.
import type { CreateEventInput } from "@meetinity/client/operations";
import { isTimeZone, localOf, momentOf } from "./zoned.ts";

/** The values of the fields, by their names. Those of times are on the clock of the place. */
export interface Draft {
  readonly title: string;
  readonly description: string;
  readonly venue: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
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

export const FIELDS = [
  "title",
  "description",
  "venue",
  "startsAt",
  "endsAt",
  "timeZone",
  "capacity",
  "hasWaitlist",
  "partySizeMax",
  "isApprovalRequired",
  "offerMinutes",
  "passesMax",
  "tags",
] as const satisfies (keyof Draft)[];

export const OPTIONAL = [
  "description",
  "venue",
  "hasWaitlist",
  "isApprovalRequired",
  "offerMinutes",
  "passesMax",
  "tags",
];

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
    startsAt: `${day}T18:30`,
    endsAt: `${day}T21:00`,
    timeZone,
    capacity: String(CAPACITY),
    hasWaitlist: "on",
    partySizeMax: "10",
    isApprovalRequired: "",
    offerMinutes: "",
    passesMax: String(PASSES),
    tags: "",
  };
}

/** Texts that say what is wrong. */
export type Mistake =
  | "past"
  | "endBeforeStart"
  | "tooLong"
  | "time"
  | "timeZone"
  | "capacity"
  | "partySizeMax"
  | "tooManyTags";

const DURATION_MAX_MS = 30 * 24 * HOUR_MS;
const CAPACITY_MAX = 100_000;
const PARTY_MAX = 100;
const TAGS_MAX = 10;

type Verdict =
  | { readonly input: CreateEventInput }
  | { readonly mistakes: Readonly<Partial<Record<keyof Draft, Mistake>>> };

/** The limits are those of the SDL, which the server judges again. */
export function judge(draft: Draft, now: Date): Verdict {
  const { timeZone } = draft;
  if (!isTimeZone(timeZone)) return { mistakes: { timeZone: "timeZone" } };
  const [startsAt, endsAt] = [momentOf(draft.startsAt, timeZone), momentOf(draft.endsAt, timeZone)];
  const capacity = Number(draft.capacity);
  const tags = tagsOf(draft);
  const mistakes: Partial<Record<keyof Draft, Mistake>> = {};
  if (!startsAt) mistakes.startsAt = "time";
  else if (startsAt <= now) mistakes.startsAt = "past";
  if (!endsAt) mistakes.endsAt = "time";
  else if (startsAt && endsAt <= startsAt) mistakes.endsAt = "endBeforeStart";
  else if (startsAt && endsAt.getTime() - startsAt.getTime() > DURATION_MAX_MS) {
    mistakes.endsAt = "tooLong";
  }
  if (!isFrom1To(CAPACITY_MAX, capacity)) mistakes.capacity = "capacity";
  const partySizeMax = Number(draft.partySizeMax);
  if (!isFrom1To(PARTY_MAX, partySizeMax)) mistakes.partySizeMax = "partySizeMax";
  if (tags.length > TAGS_MAX) mistakes.tags = "tooManyTags";
  if (!startsAt || !endsAt || Object.keys(mistakes).length > 0) return { mistakes };
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), timeZone };
  const { title, description, venue } = draft;
  const texts = { title, description: description.trim() || null, venue: venue.trim() || null };
  return { input: { ...texts, ...times, capacity, partySizeMax, ...waitingOf(draft), tags } };
}

function isFrom1To(max: number, value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}

/** The settings of how seats are given. Without a waitlist nothing is offered. */
function waitingOf({ hasWaitlist, isApprovalRequired, offerMinutes, passesMax }: Draft) {
  const isOffered = hasWaitlist !== "" && offerMinutes !== "";
  return {
    hasWaitlist: hasWaitlist !== "",
    isApprovalRequired: isApprovalRequired !== "",
    offerMinutes: isOffered ? Number(offerMinutes) : null,
    // Without a waitlist the field is not there.
    passesMax: passesMax === "" ? PASSES : Number(passesMax),
  };
}

export function tagsOf({ tags }: Pick<Draft, "tags">): string[] {
  return tags
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
}
