// Makes drafts of events, and publishes them.
import { afterCommit } from "#kit/data/database";
import { addToOutbox } from "#kit/facts/outbox";
import { requestHash } from "#kit/input/request-hash";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import type { Context } from "../../context.ts";
import { eventFact } from "../../integration.ts";
import { eventsPublished } from "../../metrics.ts";
import {
  type Cancelled,
  cancelledOf,
  hasEnded,
  newTimeMistakes,
  type TimeMistake,
} from "../../times.ts";
import { changeEvent, type NOT_FOUND } from "../changing.ts";
import { type DraftOutcome, earlierDraft, makeDraft } from "../drafts.ts";
import { type EventFields, type EventRow, publish } from "./store.ts";

export type CreateOutcome =
  | DraftOutcome
  | { readonly kind: "invalid"; readonly mistakes: readonly TimeMistake[] };

/** Makes a draft that the viewer organizes, with the stream of its registrations. */
export async function createEvent(
  context: Context,
  draft: EventFields,
  idempotencyKey: string | null,
): Promise<CreateOutcome> {
  const organizerId = requireViewer(context).id;
  const request = { organizerId, idempotencyKey, hash: hashOf(draft) };
  const earlier = await earlierDraft(context, request);
  if (earlier) return earlier;
  const mistakes = newTimeMistakes(draft, context.now());
  if (mistakes.length > 0) return { kind: "invalid", mistakes };
  return makeDraft(context, request, draft);
}

/** Stored: new fields go to the end, and only when they are set. */
function hashOf(draft: EventFields): string {
  const time = (instant: Date | null) => instant?.toISOString() ?? null;
  return requestHash([
    draft.title,
    draft.description,
    draft.venue,
    time(draft.startsAt),
    time(draft.endsAt),
    draft.timeZone,
    draft.capacity,
    draft.hasWaitlist,
    JSON.stringify(draft.tags),
    draft.onlineUrl,
    draft.language,
    time(draft.registrationOpensAt),
    time(draft.registrationClosesAt),
    time(draft.cancellationClosesAt),
    draft.partySizeMax,
    draft.passesMax,
    draft.offerMinutes,
    draft.isApprovalRequired,
  ]);
}

export type PublishOutcome =
  | { readonly kind: "published"; readonly event: EventRow }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | Cancelled
  | typeof NOT_FOUND
  | NotVerified;

/** Publishes a draft. A published event stays as it is. */
export async function publishEvent(context: Context, eventId: string): Promise<PublishOutcome> {
  if (!isVerified(requireViewer(context))) return NOT_VERIFIED;
  return changeEvent<PublishOutcome>(context, eventId, async ({ tx }, event) => {
    const cancelled = cancelledOf(event);
    if (cancelled) return cancelled;
    if (event.status === "PUBLISHED") return { kind: "published", event };
    if (hasEnded(event, context.now())) return { kind: "ended", endedAt: event.endsAt };
    const published = await publish(tx, eventId);
    await addToOutbox(tx, [eventFact(published)]);
    afterCommit(tx, () => eventsPublished.inc());
    return { kind: "published", event: published };
  });
}
