// Reads and writes the questions of events.
import type { Database, Transaction } from "../../database.ts";
import type { Question } from "../../generated/prisma/client.ts";
import type { AskedQuestion, QuestionDraft } from "./rules.ts";

export type QuestionRow = Question;

/** The questions of events that are asked, in order, in one statement. */
export async function listQuestions(
  database: Database | Transaction,
  eventIds: readonly string[],
): Promise<QuestionRow[]> {
  return database.question.findMany({
    where: { eventId: { in: [...eventIds] }, archivedAt: null },
    orderBy: [{ eventId: "asc" }, { position: "asc" }],
  });
}

/** All questions of one event, also archived ones, in the order in which they are shown. */
export async function listEveryQuestion(
  database: Database,
  eventId: string,
): Promise<QuestionRow[]> {
  return database.question.findMany({
    where: { eventId },
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { position: "asc" }, { id: "asc" }],
  });
}

/** The questions that are asked, and whether anybody has answered them, in one statement. */
export async function findAsked(tx: Transaction, eventId: string): Promise<AskedQuestion[]> {
  return tx.$queryRaw<AskedQuestion[]>`/* events.questions.asked */
    select id, kind::text as kind, text, coalesce(options, '{}') as options,
      is_multiple as "isMultiple", is_required as "isRequired",
      exists (select from answer where question_id = question.id) as "hasAnswers"
    from question where event_id = ${eventId}::uuid and archived_at is null
    order by position`;
}

export async function countArchived(tx: Transaction, eventId: string): Promise<number> {
  return tx.question.count({ where: { eventId, archivedAt: { not: null } } });
}

export async function archiveQuestions(
  tx: Transaction,
  ids: readonly string[],
  archivedAt: Date,
): Promise<void> {
  await tx.question.updateMany({ where: { id: { in: [...ids] } }, data: { archivedAt } });
}

export async function deleteQuestions(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.question.deleteMany({ where: { id: { in: [...ids] } } });
}

interface Placed extends QuestionDraft {
  readonly id: string;
  readonly position: number;
}

/** Changes questions, in one statement. */
export async function updateQuestions(
  tx: Transaction,
  questions: readonly Placed[],
): Promise<void> {
  await tx.$executeRaw`/* events.questions.update */
    update question set position = changed.position, kind = changed.kind::question_kind,
      text = changed.text, options = changed.options, is_multiple = changed."isMultiple",
      is_required = changed."isRequired"
    from jsonb_to_recordset(${JSON.stringify(questions)}::jsonb) as changed(id uuid, position int,
      kind text, text text, options text[], "isMultiple" boolean, "isRequired" boolean)
    where question.id = changed.id`;
}

export async function insertQuestions(
  tx: Transaction,
  eventId: string,
  questions: readonly Placed[],
): Promise<void> {
  await tx.question.createMany({
    data: questions.map(({ options, ...question }) => ({
      ...question,
      eventId,
      options: [...options],
    })),
  });
}
