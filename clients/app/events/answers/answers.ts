// Answers to the questions of an event: read from a form, and checked before they are sent.
import type { AnswerInput, AnswerRule, EventQuestionsQuery } from "@meetinity/client/operations";

export type Asking = NonNullable<EventQuestionsQuery["event"]>;
export type Question = Asking["questions"][number];
type Given = NonNullable<NonNullable<Asking["viewerRegistration"]>["answers"]>[number];

/** The mistakes, by the id of the question. */
export type Violations = Readonly<Record<string, AnswerRule>>;

/** The name of a question's field. */
export const fieldOf = ({ id }: Pick<Question, "id">) => `answer ${id}`;

/** The answers in a form; empty ones are left out. */
export function answersIn(data: FormData, questions: readonly Question[]): AnswerInput[] {
  return questions.flatMap((question): AnswerInput[] => {
    const { id: questionId, kind } = question;
    const given = data.getAll(fieldOf(question)).map(String);
    if (kind === "CHOICE") {
      const choices = given.filter((choice) => choice !== "");
      return choices.length > 0 ? [{ questionId, choices }] : [];
    }
    const text = given.join("").trim();
    return text === "" ? [] : [{ questionId, text }];
  });
}

/** Required answers that are missing. The server checks all rules. */
export function missingIn(
  answers: readonly AnswerInput[],
  questions: readonly Question[],
): Violations {
  const given = new Set(answers.map(({ questionId }) => questionId));
  const missing = questions.filter(({ id, isRequired }) => isRequired && !given.has(id));
  return Object.fromEntries(missing.map(({ id }) => [id, "REQUIRED"] as const));
}

/** By the id of the question, as a refusal lists them. */
export function byQuestion(
  violations: readonly { readonly questionId: string; readonly rule: AnswerRule }[],
): Violations {
  return Object.fromEntries(violations.map(({ questionId, rule }) => [questionId, rule]));
}

/** The text or the choices that the person has given. */
export function givenTo(
  question: Question,
  answers: readonly Given[],
): { readonly text: string; readonly choices: readonly string[] } {
  const answer = answers.find((each) => each.question.id === question.id);
  return { text: answer?.text ?? "", choices: answer?.choices ?? [] };
}
