// Addresses at which calendars of the web take a new entry. Nothing is sent there before somebody
// follows one.
import { type CalendarEvent, describe, utcOf } from "./ics.ts";

/** Servers refuse longer addresses. */
const TEXT_MAX = 800;

export function googleLink(event: CalendarEvent): string {
  const { title, venue, startsAt, endsAt } = event;
  const dates = [startsAt, endsAt].map((at) => utcOf(new Date(at))).join("/");
  const query = new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates,
    details: shortDescription(event),
    ...(venue !== null && { location: venue }),
  });
  return `https://calendar.google.com/calendar/render?${query}`;
}

export function outlookLink(event: CalendarEvent): string {
  const { title, venue, startsAt, endsAt } = event;
  const query = new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: new Date(startsAt).toISOString(),
    enddt: new Date(endsAt).toISOString(),
    body: shortDescription(event),
    ...(venue !== null && { location: venue }),
  });
  // It takes a plus for a plus.
  return `https://outlook.live.com/calendar/0/deeplink/compose?${query}`.replaceAll("+", "%20");
}

function shortDescription({ description, url }: CalendarEvent): string {
  const letters = [...(description ?? "")];
  const cut = letters.length > TEXT_MAX ? `${letters.slice(0, TEXT_MAX).join("")}…` : description;
  return describe({ description: cut, url });
}
