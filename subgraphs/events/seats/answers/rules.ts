// Whether answers fit the questions of an event. Pure.

export interface GivenAnswer {
  readonly questionId: string;
  /** Null for none. */
  readonly text: string | null;
  readonly choices: readonly string[];
}

export interface Asked {
  readonly id: string;
  readonly kind: "TEXT" | "CHOICE";
  readonly options: readonly string[];
  readonly isMultiple: boolean;
  readonly isRequired: boolean;
}

export type AnswerRule =
  | "REQUIRED"
  | "UNKNOWN_QUESTION"
  | "REPEATED"
  | "WRONG_KIND"
  | "UNKNOWN_OPTION"
  | "ONE_OPTION";

export interface AnswerViolation {
  readonly questionId: string;
  readonly rule: AnswerRule;
}

const isEmpty = ({ text, choices }: GivenAnswer) => text === null && choices.length === 0;

/**
 * The answers that say something, and every violation of a rule: missing answers too. An empty
 * answer shows as well that a question is not asked.
 */
export function judgeAnswers(
  questions: readonly Asked[],
  given: readonly GivenAnswer[],
): { readonly answers: readonly GivenAnswer[]; readonly violations: readonly AnswerViolation[] } {
  const answers = given.filter((answer) => !isEmpty(answer));
  const violations: AnswerViolation[] = [];
  const answered = new Set<string>();
  const known = new Set(questions.map(({ id }) => id));
  for (const answer of given) {
    const { questionId } = answer;
    if (isEmpty(answer) && known.has(questionId)) continue;
    const rule = answered.has(questionId) ? "REPEATED" : brokenRule(questions, answer);
    if (rule) violations.push({ questionId, rule });
    answered.add(questionId);
  }
  for (const { id, isRequired } of questions) {
    if (isRequired && !answered.has(id)) violations.push({ questionId: id, rule: "REQUIRED" });
  }
  return { answers, violations };
}

function brokenRule(
  questions: readonly Asked[],
  { questionId, text, choices }: GivenAnswer,
): AnswerRule | null {
  const question = questions.find(({ id }) => id === questionId);
  if (!question) return "UNKNOWN_QUESTION";
  if (question.kind === "TEXT") return choices.length > 0 ? "WRONG_KIND" : null;
  if (text !== null) return "WRONG_KIND";
  if (choices.some((choice) => !question.options.includes(choice))) return "UNKNOWN_OPTION";
  if (new Set(choices).size < choices.length) return "UNKNOWN_OPTION";
  return choices.length > 1 && !question.isMultiple ? "ONE_OPTION" : null;
}

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

/** True while the person may change their answers. */
export function isOpen(
  event: { readonly startsAt: Date; readonly status: string },
  registration: { readonly status: string },
  now: Date,
): boolean {
  const isComing = event.status !== "CANCELLED" && now < event.startsAt;
  return isComing && !ENDED.includes(registration.status);
}
