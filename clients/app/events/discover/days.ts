// A list of events by the days on which they begin, as the reader's calendar has them.
import { dayNumber } from "@meetinity/ui/i18n/dates.ts";

interface Starting {
  readonly startsAt: string;
}

export interface Day<Event> {
  /** Null for what has begun. */
  readonly startsAt: string | null;
  readonly key: string;
  readonly events: readonly Event[];
}

/** The events come soonest first, and so do the days. */
export function byDay<Event extends Starting>(
  events: readonly Event[],
  now: Date,
  timeZone?: string,
): Day<Event>[] {
  const days = new Map<string, { startsAt: string | null; events: Event[] }>();
  for (const event of events) {
    const { startsAt } = event;
    const hasBegun = new Date(startsAt) <= now;
    const key = hasBegun ? "now" : String(dayNumber(startsAt, timeZone));
    const day = days.get(key);
    if (day) day.events.push(event);
    else days.set(key, { startsAt: hasBegun ? null : startsAt, events: [event] });
  }
  return [...days].map(([key, day]) => ({ key, ...day }));
}
