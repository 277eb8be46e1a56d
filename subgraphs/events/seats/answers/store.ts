// Reads and writes the answers of registered people.
import type { Database, Transaction } from "../../database.ts";
import type { Answer, Question } from "../../generated/prisma/client.ts";
import type { GivenAnswer } from "./rules.ts";

export type AnswerRow = Answer & { readonly question: Question };

/** The answers of registrations, in the order of their questions, archived ones last. */
export async function listAnswers(
  database: Database,
  registrationIds: readonly string[],
): Promise<AnswerRow[]> {
  return database.answer.findMany({
    where: { registrationId: { in: [...registrationIds] } },
    include: { question: true },
    orderBy: [
      { question: { archivedAt: { sort: "asc", nulls: "first" } } },
      { question: { position: "asc" } },
      { questionId: "asc" },
    ],
  });
}

export async function insertAnswers(
  tx: Transaction,
  registrationId: string,
  answers: readonly GivenAnswer[],
): Promise<void> {
  if (answers.length === 0) return;
  await tx.answer.createMany({
    data: answers.map(({ questionId, text, choices }) => ({
      registrationId,
      questionId,
      text,
      choices: [...choices],
    })),
  });
}

/** Deletes the answers to questions that are still asked. */
export async function deleteCurrentAnswers(tx: Transaction, registrationId: string): Promise<void> {
  await tx.answer.deleteMany({ where: { registrationId, question: { archivedAt: null } } });
}
