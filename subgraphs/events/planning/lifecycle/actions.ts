// Cancels, takes back, deletes and duplicates events.
import { newId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import { removeFiles } from "#kit/files/jobs";
import { requestHash } from "#kit/input/request-hash";
import { movedAlong } from "#kit/input/time-zones";
import { invariant } from "#kit/invariant";
import { requireViewer } from "#kit/trust/identity";
import { canEdit, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { eventFact } from "../../integration.ts";
import { eventStream, hostsStream } from "../../streams.ts";
import {
  type Cancelled,
  cancelledOf,
  type EventTimes,
  newTimeMistakes,
  type TimeMistake,
} from "../../times.ts";
import { changeEvent, changeManaged, NOT_FOUND } from "../changing.ts";
import { copyCover, takeCovers } from "../covers/store.ts";
import { type DraftOutcome, earlierDraft, makeDraft } from "../drafts.ts";
import {
  type EventFields,
  type EventRow,
  findEvent,
  deleteEvent as remove,
} from "../events/store.ts";
import { copyHosts } from "../hosts/store.ts";
import { giveNotice } from "../notices.ts";
import { insertQuestions, listQuestions } from "../questions/store.ts";
import { copyTicketTypes } from "../ticket-types/store.ts";
import { judgeCancel, judgeUnpublish } from "./rules.ts";
import { cancel, countActive, unpublish } from "./store.ts";

export type CancelOutcome =
  | { readonly kind: "cancelled"; readonly event: EventRow }
  | { readonly kind: "draft" }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | typeof NOT_FOUND;

/** Cancels an event and tells everybody. A cancelled one keeps its first reason. */
export async function cancelEvent(
  context: Context,
  eventId: string,
  reason: string,
): Promise<CancelOutcome> {
  return changeEvent<CancelOutcome>(context, eventId, async (change, event) => {
    const now = context.now();
    const verdict = judgeCancel(event, now);
    if (verdict.kind === "over") return { kind: "cancelled", event };
    if (verdict.kind !== "cancel") return verdict;
    await cancel(change.tx, eventId, reason, now);
    const cancelled = await read(change.tx, eventId);
    await addToOutbox(change.tx, [eventFact(cancelled)]);
    await giveNotice(change, eventId, ["CANCELLED"]);
    return { kind: "cancelled", event: cancelled };
  });
}

export type UnpublishOutcome =
  | { readonly kind: "unpublished"; readonly event: EventRow }
  | { readonly kind: "registered"; readonly registrationCount: number }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | Cancelled
  | typeof NOT_FOUND;

/** Makes a draft of an event for which nobody is registered. A draft stays as it is. */
export async function unpublishEvent(context: Context, eventId: string): Promise<UnpublishOutcome> {
  return changeEvent<UnpublishOutcome>(context, eventId, async ({ tx }, event) => {
    const now = context.now();
    const cancelled = cancelledOf(event);
    if (cancelled) return cancelled;
    const verdict = judgeUnpublish(event, await countActive(tx, eventId), now);
    if (verdict.kind === "over") return { kind: "unpublished", event };
    if (verdict.kind !== "unpublish") return verdict;
    await unpublish(tx, eventId, now);
    const draft = await read(tx, eventId);
    await addToOutbox(tx, [eventFact(draft)]);
    return { kind: "unpublished", event: draft };
  });
}

export type DeleteOutcome =
  | { readonly kind: "deleted" | "published" }
  | Cancelled
  | typeof NOT_FOUND;

/** Deletes a draft with its stream and its cover. */
export async function deleteEvent(context: Context, eventId: string): Promise<DeleteOutcome> {
  return changeManaged<DeleteOutcome>(context, eventId, async ({ tx }, event) => {
    const cancelled = cancelledOf(event);
    if (cancelled) return cancelled;
    if (event.status !== "DRAFT") return { kind: "published" };
    await removeFiles(tx, await takeCovers(tx, eventId));
    await remove(tx, eventId, { event: eventStream(eventId), hosts: hostsStream(eventId) });
    return { kind: "deleted" };
  });
}

export type DuplicateOutcome =
  | DraftOutcome
  | {
      readonly kind: "invalid";
      readonly mistakes: readonly TimeMistake[];
      readonly times: EventTimes;
    }
  | typeof NOT_FOUND;

/** Makes a draft for the viewer like an event: its cover, questions, ticket types and hosts. */
export async function duplicateEvent(
  context: Context,
  eventId: string,
  startsAt: Date,
  idempotencyKey: string | null,
): Promise<DuplicateOutcome> {
  const viewer = requireViewer(context);
  const hash = requestHash(["duplicate", eventId, startsAt.toISOString()]);
  const request = { organizerId: viewer.id, idempotencyKey, hash };
  const original = await context.loaders.event.load(eventId);
  const rights = original && (await hostRightsOf(context.database, original, viewer));
  if (!original || !canEdit(original, viewer, rights)) return NOT_FOUND;
  const earlier = await earlierDraft(context, request);
  if (earlier) return earlier;
  const fields = fieldsAt(original, startsAt);
  const mistakes = newTimeMistakes(fields, context.now());
  if (mistakes.length > 0) return { kind: "invalid", mistakes, times: fields };
  return makeDraft(context, request, fields, async (tx, draft) => {
    const asked = await listQuestions(tx, [eventId]);
    const questions = asked.map(({ eventId: _, archivedAt: __, ...each }) => each);
    await insertQuestions(
      tx,
      draft.id,
      questions.map((question) => ({ ...question, id: newId() })),
    );
    await copyTicketTypes(tx, eventId, draft.id);
    await copyHosts(tx, eventId, draft);
    const { coverFileId } = original;
    const isCovered = coverFileId !== null && (await copyCover(tx, coverFileId, draft.id));
    return isCovered ? { ...draft, coverFileId } : draft;
  });
}

/** The fields of an event that starts at another time. It is as long as the original. */
function fieldsAt(event: EventRow, startsAt: Date): EventFields {
  const along = (instant: Date | null) =>
    instant && movedAlong(instant, event.startsAt, startsAt, event.timeZone);
  return {
    title: event.title,
    description: event.description,
    venue: event.venue,
    startsAt,
    endsAt: new Date(startsAt.getTime() + event.endsAt.getTime() - event.startsAt.getTime()),
    timeZone: event.timeZone,
    capacity: event.capacity,
    hasWaitlist: event.hasWaitlist,
    partySizeMax: event.partySizeMax,
    passesMax: event.passesMax,
    offerMinutes: event.offerMinutes,
    isApprovalRequired: event.isApprovalRequired,
    tags: event.tags,
    onlineUrl: event.onlineUrl,
    language: event.language,
    registrationOpensAt: along(event.registrationOpensAt),
    registrationClosesAt: along(event.registrationClosesAt),
    cancellationClosesAt: along(event.cancellationClosesAt),
  };
}

async function read(tx: Transaction, eventId: string): Promise<EventRow> {
  const event = await findEvent(tx, eventId);
  invariant(event !== null, "an event is gone behind its lock", { eventId });
  return event;
}
