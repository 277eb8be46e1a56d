// Sets the questions of an event, behind the lock of its stream, where people answer them too.
import { newId } from "#kit/data/id";
import { requireViewer } from "#kit/trust/identity";
import { canEdit, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { eventStream } from "../../streams.ts";
import { changeAsViewer } from "../../writing.ts";
import { type EventRow, findEvent } from "../events/store.ts";
import {
  planQuestions,
  QUESTIONS_MAX,
  type QuestionDraft,
  type QuestionMistake,
  type QuestionPlan,
  questionMistakes,
} from "./rules.ts";
import {
  archiveQuestions,
  countArchived,
  deleteQuestions,
  findAsked,
  insertQuestions,
  updateQuestions,
} from "./store.ts";

export type SetOutcome =
  | { readonly kind: "set"; readonly event: EventRow }
  | { readonly kind: "invalid"; readonly mistakes: readonly QuestionMistake[] }
  | { readonly kind: "tooMany"; readonly questionsMax: number }
  | { readonly kind: "notFound" };

/** Sets all questions of an event. */
export async function setQuestions(
  context: Context,
  eventId: string,
  drafts: readonly QuestionDraft[],
): Promise<SetOutcome> {
  const viewer = requireViewer(context);
  const streamId = eventStream(eventId);
  return changeAsViewer<SetOutcome>(context, streamId, async ({ tx }, exists) => {
    const event = exists ? await findEvent(tx, eventId) : null;
    if (!event) return { kind: "notFound" };
    if (!canEdit(event, viewer, await hostRightsOf(tx, event, viewer))) return { kind: "notFound" };
    const asked = await findAsked(tx, eventId);
    const mistakes = questionMistakes(drafts, asked);
    if (mistakes.length > 0) return { kind: "invalid", mistakes };
    const plan = planQuestions(drafts, asked);
    const archived = (await countArchived(tx, eventId)) + plan.archived.length;
    if (archived + drafts.length > QUESTIONS_MAX) {
      return { kind: "tooMany", questionsMax: QUESTIONS_MAX };
    }
    await carryOut(tx, eventId, drafts, plan, context.now());
    return { kind: "set", event };
  });
}

async function carryOut(
  tx: Transaction,
  eventId: string,
  drafts: readonly QuestionDraft[],
  plan: QuestionPlan,
  now: Date,
): Promise<void> {
  await archiveQuestions(tx, plan.archived, now);
  await deleteQuestions(tx, plan.deleted);
  const placed = (at: number, id: string) => {
    const draft = drafts[at];
    return draft ? [{ ...draft, id, position: at }] : [];
  };
  await updateQuestions(
    tx,
    plan.updated.flatMap(({ id, at }) => placed(at, id)),
  );
  const added = plan.inserted.flatMap((at) => placed(at, newId()));
  await insertQuestions(tx, eventId, added);
}
