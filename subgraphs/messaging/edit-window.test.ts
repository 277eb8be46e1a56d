// Guarantees about the time in which a text can be changed.
import { expect, test } from "vitest";
import { editableUntil } from "./edit-window.ts";

const createdAt = new Date("2026-12-01T10:00:00Z");

test("a text can be changed for some minutes, or without an end, and never once it is deleted", () => {
  const until = new Date("2026-12-01T10:15:00Z");
  expect(editableUntil({ body: "hello", createdAt }, 15)).toEqual(until);
  expect(editableUntil({ body: "hello", createdAt }, 0)).toBeNull();
  expect(editableUntil({ body: null, createdAt }, 15)).toBeNull();
});
