// The events of the demo and who registers for them, in order: twelve that everybody sees and a
// draft. Data only; the events lie in events/, by region.
import { africaAsiaAndPacific } from "./events/africa-asia-and-pacific.ts";
import { americas } from "./events/americas.ts";
import { europe } from "./events/europe.ts";
import { type LocalTime, upcoming } from "./local-time.ts";

export interface EventPlan {
  readonly title: string;
  /** Sentences. */
  readonly description: readonly string[];
  readonly venue: string;
  readonly timeZone: string;
  /** In that zone. */
  readonly starts: LocalTime;
  readonly durationMinutes: number;
  readonly capacity: number;
  readonly hasWaitlist: boolean;
  readonly tags: readonly string[];
  /** The account of who makes it. Its title is unique among theirs. */
  readonly organizer: string;
  readonly isDraft: boolean;
  /** Who registers, in this order. */
  readonly guests: readonly Guest[];
}

export interface Guest {
  readonly account: string;
  /** Seats: the person and who comes along. */
  readonly partySize: number;
}

export const events: readonly EventPlan[] = [...europe, ...americas, ...africaAsiaAndPacific];

/** What `createEvent` takes, for an event planned at `now`. */
export function newEventOf(plan: EventPlan, now: Date) {
  const { title, venue, timeZone, capacity, hasWaitlist, tags } = plan;
  const startsAt = upcoming(plan.starts, timeZone, now);
  const endsAt = new Date(startsAt.getTime() + plan.durationMinutes * 60_000);
  const description = plan.description.join(" ");
  return { title, description, venue, startsAt, endsAt, timeZone, capacity, hasWaitlist, tags };
}
