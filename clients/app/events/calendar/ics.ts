// An event as a file of calendars, by RFC 5545: times in UTC, one stable id, and a number that
// grows with each change, so that a file that is opened again replaces the entry before.

export interface CalendarEvent {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly venue: string | null;
  readonly startsAt: string;
  readonly endsAt: string;
  /** Grows with each change. */
  readonly version: number;
  readonly isCancelled: boolean;
  /** The page of the event. */
  readonly url: string;
}

const LINE_BYTES_MAX = 75;

/** `now` is when the file is made. Its lines end as the standard wants, and none is longer. */
export function icsOf(event: CalendarEvent, now: Date): string {
  const { id, title, venue, startsAt, endsAt, version, isCancelled, url } = event;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Meetinity//Meetinity//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${id}@${new URL(url).hostname}`,
    `DTSTAMP:${utcOf(now)}`,
    `SEQUENCE:${version}`,
    `DTSTART:${utcOf(new Date(startsAt))}`,
    `DTEND:${utcOf(new Date(endsAt))}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(describe(event))}`,
    ...(venue === null ? [] : [`LOCATION:${escaped(venue)}`]),
    `URL:${url}`,
    `STATUS:${isCancelled ? "CANCELLED" : "CONFIRMED"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** The description, and where to read more. */
export function describe({ description, url }: Pick<CalendarEvent, "description" | "url">): string {
  return description === null ? url : `${description}\n\n${url}`;
}

/** `20261204T170000Z` */
export function utcOf(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, "");
}

/** All but line feeds, for which there is an escape. */
const CONTROLS = /(?!\n)\p{Cc}/gu;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Half a character becomes the sign for one that is unknown. */
const whole = (text: string) => decoder.decode(encoder.encode(text));

function escaped(text: string): string {
  return whole(text)
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(CONTROLS, " ")
    .replaceAll(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

/** A long line goes on behind a space; no character is cut in two. */
function folded(line: string): string {
  let text = "";
  let bytes = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (bytes + size > LINE_BYTES_MAX) {
      text += "\r\n ";
      bytes = 1;
    }
    text += character;
    bytes += size;
  }
  return text;
}

/** A name of a file in any system: the words of the title. */
export function fileNameOf(title: string): string {
  const words = title.match(/[\p{L}\p{M}\p{N}]+/gu)?.join("-") ?? "";
  return `${[...words].slice(0, 60).join("") || "event"}.ics`;
}
