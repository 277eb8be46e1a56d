// Guarantees about the links to calendars of the web.
import { expect, it } from "vitest";
import { googleLink, outlookLink } from "./links.ts";

const event = {
  id: "1",
  title: "C++ & Rust: 100 % #1?",
  description: "a & b\nc=d",
  venue: "Café, Łódź",
  startsAt: "2026-12-04T18:00:00+01:00",
  endsAt: "2026-12-04T19:30:00Z",
  version: 1,
  isCancelled: false,
  url: "https://meetinity.example/app/events/1",
};

it("texts with signs of addresses arrive whole, and times are in UTC", () => {
  const google = new URL(googleLink(event));
  expect(google.origin).toBe("https://calendar.google.com");
  expect(Object.fromEntries(google.searchParams)).toEqual({
    action: "TEMPLATE",
    text: event.title,
    dates: "20261204T170000Z/20261204T193000Z",
    details: `a & b\nc=d\n\n${event.url}`,
    location: event.venue,
  });
  const outlook = new URL(outlookLink(event));
  expect(outlook.href).not.toContain("+");
  expect(Object.fromEntries(outlook.searchParams)).toMatchObject({
    subject: event.title,
    startdt: "2026-12-04T17:00:00.000Z",
    enddt: "2026-12-04T19:30:00.000Z",
    body: `a & b\nc=d\n\n${event.url}`,
    location: event.venue,
  });
});

it("a long description is cut, between characters, and the address of the event stays", () => {
  const details = new URL(googleLink({ ...event, description: "👩🏽".repeat(2_000) })).searchParams;
  const text = details.get("details") ?? "";
  expect(text.length).toBeLessThan(2_000);
  expect(text.endsWith(`…\n\n${event.url}`)).toBe(true);
  expect(text).not.toContain("\ufffd");
});
