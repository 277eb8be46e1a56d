// Guarantees about the answers to message requests.
import { expect, test } from "vitest";
import { type Answered, countedSince, judgeAnswer } from "./rules.ts";

const AT = new Date("2026-12-01T12:00:00Z");
const direct: Answered = { kind: "DIRECT", sentAt: AT, refusedAt: null, memberCount: 1 };
const group: Answered = { ...direct, kind: "GROUP", memberCount: 3 };
const answering = { isOpening: false, membersMax: 4 };

test("a request is accepted or refused, and one that was refused may still be accepted", () => {
  const refused = { ...direct, refusedAt: AT };
  expect(judgeAnswer(direct, "ACCEPT", answering)).toEqual({ kind: "join" });
  expect(judgeAnswer(direct, "REFUSE", answering)).toEqual({ kind: "refuse" });
  expect(judgeAnswer(refused, "REFUSE", answering)).toEqual({ kind: "same" });
  expect(judgeAnswer(refused, "ACCEPT", answering)).toEqual({ kind: "join" });
});

test("without a message there is nothing to answer, except by opening the conversation", () => {
  const unsent = { ...direct, sentAt: null };
  expect(judgeAnswer(unsent, "ACCEPT", answering)).toEqual({ kind: "notFound" });
  expect(judgeAnswer(unsent, "REFUSE", answering)).toEqual({ kind: "notFound" });
  expect(judgeAnswer(unsent, "ACCEPT", { ...answering, isOpening: true })).toEqual({
    kind: "join",
  });
});

test("nobody joins a full group, or one that all have left", () => {
  expect(judgeAnswer({ ...group, memberCount: 4 }, "ACCEPT", answering)).toEqual({
    kind: "tooMany",
    membersMax: 4,
  });
  expect(judgeAnswer({ ...group, memberCount: 4 }, "REFUSE", answering)).toEqual({
    kind: "refuse",
  });
  expect(judgeAnswer({ ...group, memberCount: 0 }, "ACCEPT", answering)).toEqual({
    kind: "notFound",
  });
});

test("requests of the last 30 days count", () => {
  expect(countedSince(AT).toISOString()).toBe("2026-11-01T12:00:00.000Z");
});
