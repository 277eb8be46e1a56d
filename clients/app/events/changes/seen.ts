// The facts of events as the reader has seen them last, kept in this browser: so a changed time or
// place shows with what it was before, also to somebody who comes back days later.
import { SEEN_EVENTS } from "../../shell/seen-events.ts";

/** The facts whose change matters to people who are registered. */
export interface Facts {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly venue: string | null;
  /** A digest: the link is for those with a seat. Missing for others, and where it is not read. */
  readonly link?: string | undefined;
}

type WebStore = Pick<Storage, "getItem" | "setItem">;

export type FactsChange = "TIME" | "PLACE" | "TIME_ZONE" | "ONLINE_LINK";

interface Seen {
  readonly viewerId: string;
  /** By the id of the event; the one that was looked at last comes last. */
  readonly events: readonly (readonly [string, Facts])[];
}

const EVENTS_MAX = 100;

/** The changes between two states of an event. What is not known of one of them has not changed. */
export function changesBetween(before: Facts, now: Facts): FactsChange[] {
  const changes: readonly (readonly [FactsChange, boolean])[] = [
    ["TIME", isOther(before.startsAt, now.startsAt) || isOther(before.endsAt, now.endsAt)],
    ["PLACE", before.venue !== now.venue],
    ["TIME_ZONE", before.timeZone !== now.timeZone],
    ["ONLINE_LINK", isOtherLink(before.link, now.link)],
  ];
  return changes.flatMap(([change, isThere]) => (isThere ? [change] : []));
}

const isOther = (one: string, other: string) => Date.parse(one) !== Date.parse(other);

function isOtherLink(before: Facts["link"], now: Facts["link"]): boolean {
  return before !== undefined && now !== undefined && before !== now;
}

/** Null when this person has not seen the event here. */
export function seenFacts(storage: WebStore, viewerId: string, eventId: string): Facts | null {
  return new Map(read(storage, viewerId)).get(eventId) ?? null;
}

/** Remembers what is known; of the rest, what was known before. */
export function rememberFacts(
  storage: WebStore,
  viewerId: string,
  eventId: string,
  facts: Facts,
): void {
  const events = new Map(read(storage, viewerId));
  const { link = events.get(eventId)?.link } = facts;
  events.delete(eventId);
  events.set(eventId, { ...facts, link });
  const seen: Seen = { viewerId, events: [...events].slice(-EVENTS_MAX) };
  try {
    storage.setItem(SEEN_EVENTS, JSON.stringify(seen));
  } catch {
    // There is no room: changes are told while the page is open.
  }
}

/** Enough to see that a link is another one. */
export function digestOf(link: string | null): string {
  let digest = 0;
  for (const letter of link ?? "") digest = (Math.imul(digest, 31) + letter.charCodeAt(0)) | 0;
  return link === null ? "" : digest.toString(36);
}

function read(storage: WebStore, viewerId: string): Seen["events"] {
  try {
    const seen: Seen | null = JSON.parse(storage.getItem(SEEN_EVENTS) ?? "null");
    return seen?.viewerId === viewerId && Array.isArray(seen.events) ? seen.events : [];
  } catch {
    // Another program wrote here.
    return [];
  }
}
