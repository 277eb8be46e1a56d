// The coming events that fit a person, by what they told. Pure: `now` is an argument.
import type { FindEventsQuery } from "@meetinity/client/operations";
import { isSameWord } from "../people/profile/draft.ts";

type Node = FindEventsQuery["events"]["edges"][number]["node"];
type ComingEvent = Omit<Node, "__typename">;

/** An event, and the words that it shares with the person. */
export interface Fitting {
  readonly event: ComingEvent;
  readonly shared: readonly string[];
}

const MOST = 3;

/** The best ones: those with seats first, then those that share most, then the soonest. */
export function fittingEvents(
  events: readonly ComingEvent[],
  words: readonly string[],
  now: Date,
): readonly Fitting[] {
  const isShared = (tag: string) => words.some((word) => isSameWord(word, tag));
  return events
    .filter(({ startsAt, status }) => status === "PUBLISHED" && new Date(startsAt) > now)
    .map((event) => ({ event, shared: event.tags.filter(isShared) }))
    .toSorted(
      (one, other) =>
        Number(other.event.seatsLeft > 0) - Number(one.event.seatsLeft > 0) ||
        other.shared.length - one.shared.length ||
        Date.parse(one.event.startsAt) - Date.parse(other.event.startsAt),
    )
    .slice(0, MOST);
}
