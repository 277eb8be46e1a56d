// When an event is, by the clocks of its place, and by the reader's own where they differ.

/** In the event's zone: `Friday 4 December 2026, 18:00 – 20:00`. */
export function formatSpan(
  startsAt: string,
  endsAt: string,
  locale: string,
  timeZone?: string,
): string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "full",
    timeStyle: "short",
    ...(timeZone !== undefined && { timeZone }),
  });
  return format.formatRange(new Date(startsAt), new Date(endsAt));
}

/** Short, for lists: `Fri 4 Dec, 18:00 – 20:00`. */
export function formatShortSpan(
  startsAt: string,
  endsAt: string,
  locale: string,
  timeZone: string,
): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
  });
  return format.formatRange(new Date(startsAt), new Date(endsAt));
}

/** One moment, in a zone or the reader's: `Fri 4 Dec, 18:00`. */
export function formatMoment(at: string, locale: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    ...(timeZone !== undefined && { timeZone }),
  }).format(new Date(at));
}

/** For a block: `4` and `Dec`. */
export function formatDateParts(at: string, locale: string, timeZone: string) {
  const [moment, zone] = [new Date(at), { timeZone }];
  return {
    day: new Intl.DateTimeFormat(locale, { day: "numeric", ...zone }).format(moment),
    month: new Intl.DateTimeFormat(locale, { month: "short", ...zone }).format(moment),
  };
}

/** The name of the zone's time then: `Central European Standard Time`, or short `CET`. */
export function zoneName(
  at: string,
  locale: string,
  timeZone: string,
  timeZoneName: "long" | "short" = "long",
): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName });
  const parts = format.formatToParts(new Date(at));
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** Whether the reader's clocks show another time than those of the zone. */
export function isElsewhere(at: string, timeZone: string, readerZone?: string): boolean {
  return clock(at, timeZone) !== clock(at, readerZone);
}

function clock(at: string, timeZone: string | undefined): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat("en", {
    dateStyle: "short",
    timeStyle: "short",
    ...zone,
  }).format(new Date(at));
}
