// Guarantees about the age of pages: each address says how old what it shows is.
import { expect, it } from "vitest";
import { shownAt } from "./page-reads.ts";

it.each([
  ["/", { name: "Conversations" }],
  ["/conversations/7", { name: "ConversationPage", about: "7" }],
  ["/events/8", { name: "EventPage", about: "8" }],
  ["/people/matches", { name: "Matches" }],
  ["/people/9", { name: "UserProfile", about: "9" }],
  ["/profile", { name: "UserProfile", about: "me" }],
  ["/settings/account", null],
])("%s", (path, shown) => {
  expect(shownAt(path, "me")).toEqual(shown);
});
