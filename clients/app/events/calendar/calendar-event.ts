// An event of a page as calendars take it.
import type { EventShown } from "../event.ts";
import type { CalendarEvent } from "./ics.ts";

/** The address at which people read about an event. */
export const addressOf = (eventId: string) => new URL(`/app/events/${eventId}`, location.href).href;

export function calendarEventOf(event: EventShown): CalendarEvent {
  const { id, title, description, venue, startsAt, endsAt, version, status } = event;
  const when = { startsAt, endsAt, version, isCancelled: status === "CANCELLED" };
  return { id, title, description, venue, ...when, url: addressOf(id) };
}
