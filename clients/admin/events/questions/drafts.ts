// The questions of an event while they are edited: pure changes, and what is wrong with them.
import type { EventQuestionsQuery, QuestionInput } from "@meetinity/client/operations";

type Asked = NonNullable<EventQuestionsQuery["event"]>["questions"][number];

export const QUESTIONS_MAX = 10;
const OPTIONS_MAX = 20;

export interface QuestionDraft {
  /** Of the row, while the page is open. */
  readonly key: string;
  /** Null for a new one. */
  readonly id: string | null;
  readonly kind: "TEXT" | "CHOICE";
  readonly text: string;
  /** One option a line. */
  readonly options: string;
  readonly isMultiple: boolean;
  readonly isRequired: boolean;
}

export function draftOf(question: Asked): QuestionDraft {
  return { ...question, key: question.id, options: question.options.join("\n") };
}

export function emptyDraft(key: string): QuestionDraft {
  const flags = { isMultiple: false, isRequired: false };
  return { key, id: null, kind: "TEXT", text: "", options: "", ...flags };
}

/** The rows with one of them at another place. */
export function moved<Row>(rows: readonly Row[], from: number, to: number): Row[] {
  const row = rows[from];
  if (row === undefined || to < 0 || to >= rows.length) return [...rows];
  const rest = rows.filter((_each, at) => at !== from);
  return [...rest.slice(0, to), row, ...rest.slice(to)];
}

const optionsOf = ({ options }: QuestionDraft) =>
  options
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

export type Mistake = "text" | "noOptions" | "manyOptions" | "sameOptions";

export function mistakeIn(draft: QuestionDraft): Mistake | null {
  if (draft.text.trim() === "") return "text";
  if (draft.kind === "TEXT") return null;
  const options = optionsOf(draft);
  if (options.length === 0) return "noOptions";
  if (options.length > OPTIONS_MAX) return "manyOptions";
  return new Set(options).size < options.length ? "sameOptions" : null;
}

export function inputOf(draft: QuestionDraft): QuestionInput {
  const { id, kind, text, isMultiple, isRequired } = draft;
  const isChoice = kind === "CHOICE";
  return {
    ...(id !== null && { id }),
    kind,
    text: text.trim(),
    options: isChoice ? optionsOf(draft) : [],
    isMultiple: isChoice && isMultiple,
    isRequired,
  };
}
