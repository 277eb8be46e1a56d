// Guarantees about calendar files: read as the standard says, they give back the texts.
import fc from "fast-check";
import { expect, it } from "vitest";
import { type CalendarEvent, fileNameOf, icsOf } from "./ics.ts";

const event: CalendarEvent = {
  id: "0199-abc",
  title: "Évening; with, a \\ backslash",
  description: "First line\r\nsecond; line, 100 %\n\nlast",
  venue: "Café „Łódź“, 2 rue de l’Église",
  startsAt: "2026-12-04T18:00:00.000+01:00",
  endsAt: "2026-12-04T19:30:00Z",
  version: 7,
  isCancelled: false,
  url: "https://meetinity.example/app/events/0199-abc",
};
const NOW = new Date("2026-11-30T10:00:00.123Z");

/** A reader by the standard: unfolds, splits, and takes escapes back. */
function read(file: string): Record<string, string> {
  const lines = file.replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
  const escapes: Record<string, string> = { n: "\n", N: "\n" };
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(":");
      const value = line.slice(at + 1).replaceAll(/\\(.)/gu, (_, each) => escapes[each] ?? each);
      return [line.slice(0, at), value];
    }),
  );
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

it("times are in UTC, and texts with separators and line breaks come back whole", () => {
  expect(read(icsOf(event, NOW))).toMatchObject({
    VERSION: "2.0",
    UID: "0199-abc@meetinity.example",
    DTSTAMP: "20261130T100000Z",
    SEQUENCE: "7",
    DTSTART: "20261204T170000Z",
    DTEND: "20261204T193000Z",
    SUMMARY: "Évening; with, a \\ backslash",
    DESCRIPTION: `First line\nsecond; line, 100 %\n\nlast\n\n${event.url}`,
    LOCATION: "Café „Łódź“, 2 rue de l’Église",
    STATUS: "CONFIRMED",
  });
});

it("a file is written as it is, in order", () => {
  const short = { ...event, title: "A, b", description: null, venue: null };
  expect(icsOf(short, NOW)).toBe(
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Meetinity//Meetinity//EN",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
      "BEGIN:VEVENT",
      "UID:0199-abc@meetinity.example",
      "DTSTAMP:20261130T100000Z",
      "SEQUENCE:7",
      "DTSTART:20261204T170000Z",
      "DTEND:20261204T193000Z",
      "SUMMARY:A\\, b",
      "DESCRIPTION:https://meetinity.example/app/events/0199-abc",
      "URL:https://meetinity.example/app/events/0199-abc",
      "STATUS:CONFIRMED",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ].join("\r\n"),
  );
});

it("a cancelled event says so under the same id, so that calendars strike it out", () => {
  const cancelled = read(icsOf({ ...event, version: 8, isCancelled: true }, NOW));
  expect(cancelled).toMatchObject({
    UID: "0199-abc@meetinity.example",
    SEQUENCE: "8",
    STATUS: "CANCELLED",
  });
});

it("no line is longer than 75 octets, none is empty, and whatever people write comes back", () => {
  // Letters of one to four octets, flags and families of several code points, and separators.
  const hard = fc.string({
    unit: fc.oneof(
      fc.constantFrom("a", "é", "語", "👩‍👩‍👧", "🇫🇷", ",", ";", "\\", "\n", "\\n", ":", " "),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    ),
    maxLength: 300,
  });
  fc.assert(
    fc.property(hard, hard, (title, description) => {
      const file = icsOf({ ...event, title, description }, NOW);
      for (const line of file.split("\r\n").slice(0, -1)) {
        expect(bytesOf(line)).toBeLessThanOrEqual(75);
        expect(line).toMatch(/\S/);
      }
      expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      const plain = (text: string) =>
        text.replaceAll(/\r\n?/g, "\n").replaceAll(/(?!\n)\p{Cc}/gu, " ");
      expect(read(file)).toMatchObject({
        SUMMARY: plain(title),
        DESCRIPTION: `${plain(description)}\n\n${event.url}`,
      });
    }),
  );
});

it("a text cannot add a line of its own", () => {
  const title = "x\r\nATTENDEE:mailto:a@example.org\nEND:VEVENT\u0085\u0000";
  const lines = icsOf({ ...event, title }, NOW).split("\r\n");
  expect(lines.filter((line) => /^(?:ATTENDEE|END:VEVENT)/.test(line))).toEqual(["END:VEVENT"]);
});

it("half a character is none", () => {
  expect(read(icsOf({ ...event, title: "a\ud83d" }, NOW))).toMatchObject({ SUMMARY: "a\ufffd" });
});

it.each([
  ["Rust & Café: 2/3", "Rust-Café-2-3.ics"],
  ["../../etc/passwd", "etc-passwd.ics"],
  ["???", "event.ics"],
  ["語".repeat(99), `${"語".repeat(60)}.ics`],
])("the file of %j is %j", (title, name) => expect(fileNameOf(title)).toBe(name));
