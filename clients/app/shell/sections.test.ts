// Guarantees about sections: every page belongs to at most one, whatever its address begins with.
import { expect, it } from "vitest";
import { isConversation, sectionOf } from "./sections.ts";

it.each([
  ["/", "conversations"],
  ["/conversations/1", "conversations"],
  ["/events", "events"],
  ["/events/1", "events"],
  ["/registrations", "events"],
  ["/people", "people"],
  ["/people/matches", "people"],
  ["/people/ada", "people"],
  ["/people/me", "profile"],
  ["/profile", "profile"],
  ["/profile/blocked", "profile"],
  ["/settings", "profile"],
  ["/settings/account", "profile"],
  ["/peoples", null],
  ["/confirm-address", null],
] as const)("%s is in %s", (path, section) => {
  expect(sectionOf(path, "me")).toBe(section);
});

it("only an open conversation takes the whole screen", () => {
  expect(["/", "/conversations", "/conversations/1"].map(isConversation)).toEqual([
    false,
    false,
    true,
  ]);
});
