// Guarantees about edits and deletions of messages.
import { describe, expect, it } from "vitest";
import { judgeDeletion, judgeEdit } from "./rules.ts";

const message = { senderId: "ada", body: "hello", version: 3 };
const deleted = { ...message, body: null };
const wish = { body: "hello!", expectedVersion: null };

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
      currentVersion: 3,
    });
  });

  it("to the same text changes nothing, so a retry is not a second edit", () => {
    const again = { body: "hello", expectedVersion: 2 };
    expect(judgeEdit(message, again, "ada")).toEqual({ kind: "same" });
  });

  it("of a deleted message is impossible", () => {
    expect(judgeEdit(deleted, wish, "ada")).toEqual({ kind: "deleted" });
  });
});

describe("a deletion", () => {
  it("is for the sender only, and happens once", () => {
    expect(judgeDeletion(message, "ada")).toEqual({ kind: "delete" });
    expect(judgeDeletion(deleted, "ada")).toEqual({ kind: "deleted" });
    expect(judgeDeletion(message, "bob")).toEqual({ kind: "notSender" });
  });
});
