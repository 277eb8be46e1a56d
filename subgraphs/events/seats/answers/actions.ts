// Changes the answers of a registered person until the event begins. The streams get an entry
// without the answers.
import { isId } from "#kit/data/id";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { findEvent } from "../../planning/events/store.ts";
import { eventStream } from "../../streams.ts";
import { changeAsViewer } from "../../writing.ts";
import { announceChange } from "../announcing.ts";
import { acceptedAnswers, type InvalidAnswers, replaceAnswers } from "../answering.ts";
import { findRegistration, type StoredRegistration } from "../registrations/store.ts";
import { type GivenAnswer, isOpen } from "./rules.ts";

export type AnswersOutcome =
  | { readonly kind: "changed"; readonly registration: StoredRegistration }
  | { readonly kind: "closed" | "notFound" }
  | InvalidAnswers;

/** For the person alone. */
export async function changeAnswers(
  context: Context,
  registrationId: string,
  given: readonly GivenAnswer[],
): Promise<AnswersOutcome> {
  const viewer = requireViewer(context);
  const known = isId(registrationId)
    ? await findRegistration(context.database, registrationId)
    : null;
  if (known?.attendeeId !== viewer.id) return { kind: "notFound" };
  const streamId = eventStream(known.eventId);
  return changeAsViewer<AnswersOutcome>(context, streamId, async (change) => {
    const { tx } = change;
    const event = await findEvent(tx, known.eventId);
    const registration = await findRegistration(tx, registrationId);
    if (!event || !registration) return { kind: "notFound" };
    if (!isOpen(event, registration, context.now())) return { kind: "closed" };
    const judged = await acceptedAnswers(tx, event.id, given);
    if (judged.kind === "invalidAnswers") return judged;
    await replaceAnswers(tx, registrationId, judged.answers);
    await announceChange(change, registration);
    return { kind: "changed", registration };
  });
}
