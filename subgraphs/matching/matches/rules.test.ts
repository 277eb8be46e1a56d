// Guarantees about answers: the latest one counts, two acceptances make a match, a match stays.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AnswerWord, judgeAnswer, pairOf, type Stored } from "./rules.ts";

const now = new Date("2026-05-04T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const accepted: Stored = { answer: "ACCEPT", restsUntil: null };
const declined: Stored = { answer: "DECLINE", restsUntil: inDays(10) };
const later: Stored = { answer: "LATER", restsUntil: inDays(3) };
const WORDS: readonly AnswerWord[] = ["ACCEPT", "DECLINE", "LATER"];

describe("a match is made", () => {
  it("by the second of two acceptances, and by nothing else", () => {
    for (const answer of WORDS) {
      for (const mine of [null, accepted, declined, later]) {
        for (const theirs of [null, accepted, declined, later]) {
          const verdict = judgeAnswer(answer, mine, theirs, false, now);
          const isMatch = verdict.kind === "store" && verdict.isMatch;
          expect(isMatch).toBe(answer === "ACCEPT" && theirs === accepted);
        }
      }
    }
  });

  it("and is not undone by a later answer", () => {
    expect(WORDS.map((answer) => judgeAnswer(answer, accepted, accepted, true, now).kind)).toEqual([
      "matched",
      "tooLate",
      "tooLate",
    ]);
  });
});

describe("the verdict on an answer that makes no match", () => {
  it("is the same whether the other person declined, postponed or did not answer", () => {
    const word = fc.constantFrom(...WORDS);
    const stored = fc.constantFrom(null, accepted, declined, later);
    fc.assert(
      fc.property(word, stored, (answer, mine) => {
        const [silent, ...others] = [null, declined, later].map((theirs) =>
          judgeAnswer(answer, mine, theirs, false, now),
        );
        for (const verdict of others) expect(verdict).toEqual(silent);
      }),
    );
  });

  it("changes nothing for the same answer while it holds, and starts its time anew after that", () => {
    expect(judgeAnswer("LATER", later, null, false, now)).toEqual({ kind: "unchanged" });
    expect(judgeAnswer("LATER", later, null, false, inDays(4))).toMatchObject({ kind: "store" });
    expect(judgeAnswer("ACCEPT", accepted, null, false, now)).toEqual({ kind: "unchanged" });
  });

  it("replaces the earlier answer by another one, which has its own time", () => {
    const verdicts = WORDS.map((answer) => {
      const mine = answer === "DECLINE" ? accepted : declined;
      return judgeAnswer(answer, mine, null, false, now);
    });
    expect(verdicts).toEqual([
      { kind: "store", stored: { answer: "ACCEPT", restsUntil: null }, isMatch: false },
      { kind: "store", stored: { answer: "DECLINE", restsUntil: inDays(90) }, isMatch: false },
      { kind: "store", stored: { answer: "LATER", restsUntil: inDays(7) }, isMatch: false },
    ]);
  });
});

it("a pair is stored one way, whoever asks", () => {
  expect(pairOf("b", "a")).toEqual(pairOf("a", "b"));
});
