// Guarantees about the words for the last use of a device.
import { expect, test } from "vitest";
import { formatAgo } from "./last-seen.ts";

const now = new Date("2026-12-01T12:00:00Z");
const ago = (minutes: number, locale = "en") =>
  formatAgo(new Date(now.getTime() - minutes * 60_000).toISOString(), now, locale);

test("a device that was used in the last 20 minutes, or in the future, may be in use", () => {
  expect([ago(0), ago(19), ago(-60)]).toEqual([null, null, null]);
});

test("others were used minutes, hours or days ago", () => {
  expect([ago(20), ago(59), ago(60), ago(1_439), ago(1_440), ago(40_000)]).toEqual([
    "20 minutes ago",
    "59 minutes ago",
    "1 hour ago",
    "23 hours ago",
    "yesterday",
    "27 days ago",
  ]);
  expect(ago(180, "fr")).toBe("il y a 3 heures");
});
