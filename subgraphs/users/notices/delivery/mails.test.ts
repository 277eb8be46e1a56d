// Guarantees about the mail of notifications: its words, its link, and how it is turned off.
import { expect, test } from "vitest";
import { linksOf } from "#kit/mail/kinds";
import { noticeMail } from "./mails.ts";

const links = linksOf("https://meetinity.example");
const eventId = "019f0000-0000-7000-8000-000000000001";
const changed = { kind: "EVENT_CHANGED", params: { eventId, title: "Lunch" }, otherName: null };
const cancelled = { ...changed, kind: "EVENT_CANCELLED" };

const write = (notices: readonly object[], more = 0, language: "en" | "fr" = "en") =>
  noticeMail.write({ notices, more, token: "t" }, language, links, { displayName: "Ada" });

test("of one notification it says it in its subject, and leads to its event", () => {
  const mail = write([changed]);
  expect(mail.subject).toBe("The time or the place of “Lunch” has changed");
  expect(mail.action?.url).toBe(`https://meetinity.example/app/events/${eventId}`);
});

test("of several it says how many, names the last ones, and leads to the list", () => {
  const mail = write([changed, cancelled], 3);
  expect(mail.subject).toBe("5 notifications for you");
  expect(mail.lines).toEqual([
    "Hello Ada,",
    "The time or the place of “Lunch” has changed.",
    "“Lunch” is cancelled.",
    "And 3 more.",
  ]);
  expect(mail.action?.url).toBe("https://meetinity.example/app/notifications");
  expect(write([changed, cancelled], 3, "fr").subject).toBe("5 notifications pour vous");
});

test("one click ends it, unless all that it says comes all the same", () => {
  const url = "https://meetinity.example/users/notices/unsubscribe?token=t";
  expect(write([changed]).unsubscribe?.oneClickUrl).toBe(url);
  expect(write([cancelled, changed]).unsubscribe?.oneClickUrl).toBe(url);
  expect(write([cancelled]).unsubscribe?.oneClickUrl).toBeNull();
  expect(write([cancelled]).unsubscribe?.pageUrl).toContain("/app/mail-preferences?token=t");
});
