// Answers that no server has confirmed, in the browser, with the person who gave them.
import type { SuggestionAnswer } from "@meetinity/client/operations";
import type { AnswerOptions } from "./answers.ts";

const KEY = "meetinity.answers";
const ANSWERS: readonly string[] = ["ACCEPT", "DECLINE", "LATER"] satisfies SuggestionAnswer[];

/** Whether there are some, of whomever. */
export const hasKeptAnswers = () => localStorage.getItem(KEY) !== null;

export function keptAnswers(viewerId: string): AnswerOptions["kept"] {
  return {
    read: () => answersIn(localStorage.getItem(KEY), viewerId),
    write(answers) {
      if (answers.length === 0) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify({ viewerId, answers }));
    },
  };
}

/** None where another person or another program has written. */
export function answersIn(text: string | null, viewerId: string) {
  try {
    const kept = JSON.parse(text ?? "null");
    if (kept?.viewerId !== viewerId || !Array.isArray(kept.answers)) return [];
    return kept.answers.filter(isAnswer);
  } catch {
    return [];
  }
}

function isAnswer(value: unknown): value is { id: string; answer: SuggestionAnswer } {
  if (typeof value !== "object" || value === null) return false;
  const { id, answer } = value as { readonly id?: unknown; readonly answer?: unknown };
  return typeof id === "string" && typeof answer === "string" && ANSWERS.includes(answer);
}
