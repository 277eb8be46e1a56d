// Guarantees about what may be done to a message.
import { describe, expect, it } from "vitest";
import { judgeDeletion, judgeEdit } from "./rules.ts";

const message = { senderId: "ada", body: "hello", version: 3 };
const deleted = { ...message, body: null };
const wish = { body: "hello!", expectedVersion: null };

describe("an edit", () => {
  it("is for the sender alone", () => {
    expect(judgeEdit(message, wish, "ada")).toEqual({ kind: "edit", previous: "hello" });
    expect(judgeEdit(message, wish, "bob")).toEqual({ kind: "notSender" });
    expect(judgeEdit(deleted, wish, "bob")).toEqual({ kind: "notSender" });
  });

  it("of what was changed meanwhile is stale, when the editor says what they saw", () => {
    expect(judgeEdit(message, { ...wish, expectedVersion: 3 }, "ada")).toEqual({
      kind: "edit",
      previous: "hello",
    });
    expect(judgeEdit(message, { ...wish, expectedVersion: 2 }, "ada")).toEqual({
      kind: "stale",
      currentVersion: 3,
    });
  });

  it("to the same text changes nothing, so that a retry is no second edit", () => {
    const again = { body: "hello", expectedVersion: 2 };
    expect(judgeEdit(message, again, "ada")).toEqual({ kind: "same" });
  });

  it("of a deleted message is impossible", () => {
    expect(judgeEdit(deleted, wish, "ada")).toEqual({ kind: "deleted" });
  });
});

describe("a deletion", () => {
  it("is for the sender alone, and happens once", () => {
    expect(judgeDeletion(message, "ada")).toEqual({ kind: "delete" });
    expect(judgeDeletion(deleted, "ada")).toEqual({ kind: "deleted" });
    expect(judgeDeletion(message, "bob")).toEqual({ kind: "notSender" });
  });
});
