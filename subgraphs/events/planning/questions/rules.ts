// Judges the questions of an event when they are set anew. Pure: the caller has locked the
// event's stream.

export const QUESTIONS_MAX = 50;

export interface QuestionDraft {
  /** Null for a new one. */
  readonly id: string | null;
  readonly kind: "TEXT" | "CHOICE";
  readonly text: string;
  readonly options: readonly string[];
  readonly isMultiple: boolean;
  readonly isRequired: boolean;
}

export interface AskedQuestion extends Omit<QuestionDraft, "id"> {
  readonly id: string;
  readonly hasAnswers: boolean;
}

export interface QuestionMistake {
  /** The index of the question. */
  readonly at: number;
  readonly field: "id" | "options" | "isMultiple";
  readonly message: string;
}

/** The mistakes in a list of questions, each of them well-formed. */
export function questionMistakes(
  drafts: readonly QuestionDraft[],
  asked: readonly Pick<AskedQuestion, "id">[],
): QuestionMistake[] {
  return drafts.flatMap((draft, at) => {
    const mistake = mistakeOf(draft, asked, drafts.slice(0, at));
    return mistake ? [{ at, ...mistake }] : [];
  });
}

function mistakeOf(
  { id, kind, options, isMultiple }: QuestionDraft,
  asked: readonly Pick<AskedQuestion, "id">[],
  before: readonly QuestionDraft[],
): Omit<QuestionMistake, "at"> | null {
  const isKnown = id === null || asked.some((question) => question.id === id);
  if (!isKnown) return { field: "id", message: "must be a question of this event" };
  const isRepeated = id !== null && before.some((other) => other.id === id);
  if (isRepeated) return { field: "id", message: "must be there once" };
  if (kind === "TEXT" && options.length > 0) {
    return { field: "options", message: "must be empty for a question of the kind TEXT" };
  }
  if (kind === "TEXT" && isMultiple) {
    return { field: "isMultiple", message: "must be false for a question of the kind TEXT" };
  }
  if (kind === "CHOICE" && options.length === 0) {
    return { field: "options", message: "must not be empty for a question of the kind CHOICE" };
  }
  const isDistinct = new Set(options).size === options.length;
  return isDistinct ? null : { field: "options", message: "must be different from each other" };
}

/** The steps that lead to the new questions. Positions are the indices of the drafts. */
export interface QuestionPlan {
  readonly archived: readonly string[];
  readonly deleted: readonly string[];
  readonly updated: readonly { readonly id: string; readonly at: number }[];
  /** The indices of drafts that become new questions. */
  readonly inserted: readonly number[];
}

/** A question with answers is archived, not changed, so that an answer stays under its question. */
export function planQuestions(
  drafts: readonly QuestionDraft[],
  asked: readonly AskedQuestion[],
): QuestionPlan {
  const plan = { archived: [] as string[], deleted: [] as string[] };
  const updated: { id: string; at: number }[] = [];
  const kept = new Set<number>();
  for (const question of asked) {
    const at = drafts.findIndex((draft) => draft.id === question.id);
    const draft = drafts[at];
    if (draft && (!question.hasAnswers || means(draft, question))) {
      updated.push({ id: question.id, at });
      kept.add(at);
    } else if (question.hasAnswers) plan.archived.push(question.id);
    else plan.deleted.push(question.id);
  }
  const inserted = drafts.flatMap((_draft, at) => (kept.has(at) ? [] : [at]));
  return { ...plan, updated, inserted };
}

/** True when answers to the question are answers to the draft: options may be added. */
function means(draft: QuestionDraft, question: AskedQuestion): boolean {
  return (
    draft.kind === question.kind &&
    draft.text === question.text &&
    (draft.isMultiple || !question.isMultiple) &&
    question.options.every((option) => draft.options.includes(option))
  );
}
