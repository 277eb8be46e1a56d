// Guarantees about the settings of a conversation.
import { expect, test } from "vitest";
import { changed, isSame, type SettingChange, type Settings } from "./rules.ts";

const NONE: Settings = {
  isMuted: false,
  mutedUntil: null,
  archivedCount: null,
  hiddenCount: null,
  isFavourite: false,
  isMarkedUnread: false,
};
const later = new Date("2027-01-01T00:00:00Z");

test.each<[SettingChange, Partial<Settings>]>([
  [{ kind: "mute", isMuted: true, until: null }, { isMuted: true }],
  [
    { kind: "mute", isMuted: true, until: later },
    { isMuted: true, mutedUntil: later },
  ],
  [{ kind: "mute", isMuted: false, until: later }, {}],
  [{ kind: "archive", isArchived: true }, { archivedCount: 7 }],
  [{ kind: "archive", isArchived: false }, {}],
  [{ kind: "favourite", isFavourite: true }, { isFavourite: true }],
  [{ kind: "markUnread", isUnread: true }, { isMarkedUnread: true }],
  [{ kind: "hide" }, { hiddenCount: 7 }],
  [{ kind: "show" }, {}],
])("%o changes that setting alone", (change, expected) => {
  expect(changed(NONE, change, 7)).toEqual({ ...NONE, ...expected });
});

test("a change that says what is so already is no change", () => {
  const muted = changed(NONE, { kind: "mute", isMuted: true, until: later }, 7);
  const again = { kind: "mute", isMuted: true, until: new Date(later) } as const;
  expect(isSame(muted, changed(muted, again, 7))).toBe(true);
  expect(isSame(muted, NONE)).toBe(false);
});
