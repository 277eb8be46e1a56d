// Finds mistakes in an event before it is sent. The limits are those of the SDL, and the server
// judges all of it again.

import { isTimeZone, momentOf } from "../zoned.ts";
import { type Draft, FIELDS, REQUIRED, tagsOf } from "./draft.ts";

/** Texts that say what is wrong. */
export type Mistake =
  | "required"
  | "past"
  | "endBeforeStart"
  | "tooLong"
  | "time"
  | "timeZone"
  | "opensAfterEnd"
  | "closesAfterEnd"
  | "closesBeforeOpens"
  | "cancelsAfterStart"
  | "onlineUrl"
  | "capacity"
  | "partySizeMax"
  | "tooManyTags"
  | "longTag";

export type Mistakes = Readonly<Partial<Record<keyof Draft, Mistake>>>;

const DURATION_MAX_MS = 30 * 24 * 3_600_000;
const CAPACITY_MAX = 100_000;
const PARTY_MAX = 100;
const TAGS_MAX = 10;
const TAG_LENGTH_MAX = 40;

/** `before`: of an event that is there, whose times may have passed as long as they stay. */
export function mistakesIn(draft: Draft, now: Date, before: Draft | null = null): Mistakes {
  const required = REQUIRED.map((name) => name as keyof Draft);
  const missing = required.filter((name) => draft[name].trim() === "");
  const mistakes: Partial<Record<keyof Draft, Mistake>> = Object.fromEntries(
    missing.map((name) => [name, "required"]),
  );
  const note = (name: keyof Draft, mistake: Mistake | null) => {
    if (mistake !== null) mistakes[name] ??= mistake;
  };
  note("onlineUrl", isLink(draft.onlineUrl) ? null : "onlineUrl");
  note("capacity", isFrom1To(CAPACITY_MAX, draft.capacity) ? null : "capacity");
  note("partySizeMax", isFrom1To(PARTY_MAX, draft.partySizeMax) ? null : "partySizeMax");
  const tags = tagsOf(draft);
  note("tags", tags.length > TAGS_MAX ? "tooManyTags" : null);
  note("tags", tags.some((tag) => tag.length > TAG_LENGTH_MAX) ? "longTag" : null);
  if (!isTimeZone(draft.timeZone)) note("timeZone", "timeZone");
  else for (const [name, mistake] of timeMistakes(draft, now, before)) note(name, mistake);
  return mistakes;
}

type Found = readonly [name: keyof Draft, mistake: Mistake | null];

function timeMistakes(draft: Draft, now: Date, before: Draft | null): Found[] {
  const at = (name: keyof Draft) => momentOf(draft[name], draft.timeZone);
  const { startsAt, endsAt, opensAt, closesAt, cancelsAt } = {
    startsAt: at("startsAt"),
    endsAt: at("endsAt"),
    opensAt: at("registrationOpensAt"),
    closesAt: at("registrationClosesAt"),
    cancelsAt: at("cancellationClosesAt"),
  };
  const times = FIELDS.filter((name) => name.endsWith("At"));
  const noTimes = times.filter((name) => draft[name] !== "" && at(name) === null);
  const durationMs = startsAt && endsAt ? endsAt.getTime() - startsAt.getTime() : null;
  const isNew = (name: keyof Draft) =>
    before === null || before[name] !== draft[name] || before.timeZone !== draft.timeZone;
  const past = (name: keyof Draft, moment: Date | null) =>
    moment && moment <= now && isNew(name) ? ("past" as const) : null;
  return [
    ...noTimes.map((name): Found => [name, "time"]),
    ["startsAt", past("startsAt", startsAt)],
    ["endsAt", durationMs !== null && durationMs <= 0 ? "endBeforeStart" : null],
    ["endsAt", durationMs !== null && durationMs > DURATION_MAX_MS ? "tooLong" : null],
    // Of a new event the start says so.
    ["endsAt", before ? past("endsAt", endsAt) : null],
    ["registrationOpensAt", opensAt && endsAt && opensAt >= endsAt ? "opensAfterEnd" : null],
    ["registrationClosesAt", closesAt && endsAt && closesAt > endsAt ? "closesAfterEnd" : null],
    [
      "registrationClosesAt",
      opensAt && closesAt && closesAt <= opensAt ? "closesBeforeOpens" : null,
    ],
    [
      "cancellationClosesAt",
      cancelsAt && startsAt && cancelsAt > startsAt ? "cancelsAfterStart" : null,
    ],
  ];
}

function isFrom1To(max: number, text: string): boolean {
  const value = Number(text);
  return Number.isInteger(value) && value >= 1 && value <= max;
}

/** Empty, or an address that a browser opens safely. */
function isLink(text: string): boolean {
  const link = text.trim();
  return link === "" || (URL.canParse(link) && new URL(link).protocol === "https:");
}
