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
  "tags",
] as const satisfies (keyof Draft)[];

export const OPTIONAL = ["description", "venue", "hasWaitlist", "tags"];

const HOUR_MS = 3_600_000;
const CAPACITY = 40;

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
  | "tooManyTags";

const DURATION_MAX_MS = 30 * 24 * HOUR_MS;
const CAPACITY_MAX = 100_000;
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
  if (!Number.isInteger(capacity) || capacity < 1 || capacity > CAPACITY_MAX) {
    mistakes.capacity = "capacity";
  }
  if (tags.length > TAGS_MAX) mistakes.tags = "tooManyTags";
  if (!startsAt || !endsAt || Object.keys(mistakes).length > 0) return { mistakes };
  const times = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), timeZone };
  const { title, description, venue, hasWaitlist } = draft;
  const texts = { title, description: description.trim() || null, venue: venue.trim() || null };
  return { input: { ...texts, ...times, capacity, hasWaitlist: hasWaitlist !== "", tags } };
}

export function tagsOf({ tags }: Pick<Draft, "tags">): string[] {
  return tags
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
}
