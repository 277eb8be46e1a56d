// Guarantees about edits and deletions of messages.
import { describe, expect, it } from "vitest";
import { judgeDeletion, judgeEdit } from "./rules.ts";

const createdAt = new Date("2026-12-01T10:00:00Z");
const message = { senderId: "ada", body: "hello", version: 3 };
const deleted = { ...message, body: null };
const minutesLater = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
const until = minutesLater(15);
const wish = { body: "hello!", expectedVersion: null, editableUntil: until, now: until };

describe("an edit", () => {
  it("is for the sender only", () => {
    expect(judgeEdit(message, wish, "ada")).toEqual({ kind: "edit", previous: "hello" });
    expect(judgeEdit(message, wish, "bob")).toEqual({ kind: "notSender" });
    expect(judgeEdit(deleted, wish, "bob")).toEqual({ kind: "notSender" });
  });

  it("of a message that changed since the version the editor names is stale", () => {
    expect(judgeEdit(message, { ...wish, expectedVersion: 3 }, "ada")).toEqual({
      kind: "edit",
      previous: "hello",
    });
    expect(judgeEdit(message, { ...wish, expectedVersion: 2 }, "ada")).toEqual({
      kind: "stale",
    });
  });

  it("to the same text changes nothing, so a retry is not a second edit", () => {
    const again = { ...wish, body: "hello", expectedVersion: 2 };
    expect(judgeEdit(message, again, "ada")).toEqual({ kind: "same" });
    const late = { ...again, now: minutesLater(16) };
    expect(judgeEdit(message, late, "ada")).toEqual({ kind: "same" });
  });

  it("is possible until its window is closed, and always without one", () => {
    const late = { ...wish, now: new Date(until.getTime() + 1) };
    const closed = { kind: "windowClosed", editableUntil: until };
    expect(judgeEdit(message, late, "ada")).toEqual(closed);
    expect(judgeEdit(message, { ...late, expectedVersion: 2 }, "ada")).toEqual(closed);
    const endless = { ...late, editableUntil: null };
    expect(judgeEdit(message, endless, "ada")).toMatchObject({ kind: "edit" });
  });

  it("of a deleted message is impossible", () => {
    expect(judgeEdit(deleted, wish, "ada")).toEqual({ kind: "deleted" });
  });
});

describe("a deletion", () => {
  const ada = { id: "ada", hasRight: false, isAboveSender: false };
  const bob = { ...ada, id: "bob" };

  it("is for the sender, and happens once", () => {
    expect(judgeDeletion(message, ada)).toEqual({ kind: "delete" });
    expect(judgeDeletion(deleted, ada)).toEqual({ kind: "deleted" });
    expect(judgeDeletion(message, bob)).toEqual({ kind: "notSender" });
  });

  it("is for others with the right, unless the sender's role is as high as theirs", () => {
    const admin = { ...bob, hasRight: true };
    expect(judgeDeletion(message, admin)).toEqual({ kind: "notAllowed" });
    expect(judgeDeletion(message, { ...admin, isAboveSender: true })).toEqual({ kind: "delete" });
    expect(judgeDeletion(deleted, { ...admin, isAboveSender: true })).toEqual({ kind: "deleted" });
  });
});
