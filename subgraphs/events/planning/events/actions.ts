// Makes drafts of events, and publishes them.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import { lockStreams, openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { canEdit, hostRightsOf } from "../../access.ts";
import type { Context } from "../../context.ts";
import { eventFact } from "../../integration.ts";
import { eventStream } from "../../streams.ts";
import { hasEnded, type TimeMistake, timeMistakes } from "./rules.ts";
import { type EventRow, findEvent, insertEvent, type NewEvent, publish } from "./store.ts";

export type EventDraft = Omit<NewEvent, "id" | "organizerId" | "createdAt">;

export type CreateOutcome =
  | { readonly kind: "created"; readonly event: EventRow }
  | { readonly kind: "invalid"; readonly mistakes: readonly TimeMistake[] };

/** Makes a draft that the viewer organizes, with the stream of its registrations. */
export async function createEvent(context: Context, draft: EventDraft): Promise<CreateOutcome> {
  const viewer = requireViewer(context);
  const createdAt = context.now();
  const mistakes = timeMistakes(draft, createdAt);
  if (mistakes.length > 0) return { kind: "invalid", mistakes };
  const id = newId();
  const event = await inTransaction(context.database, async (tx) => {
    await openStreams(tx, [eventStream(id)]);
    return insertEvent(tx, { ...draft, id, organizerId: viewer.id, createdAt });
  });
  return { kind: "created", event };
}

export type PublishOutcome =
  | { readonly kind: "published"; readonly event: EventRow }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "notFound" }
  | NotVerified;

/** Publishes a draft. A published event stays as it is. */
export async function publishEvent(context: Context, eventId: string): Promise<PublishOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  return inTransaction(context.database, async (tx): Promise<PublishOutcome> => {
    const locked = await lockStreams(tx, [eventStream(eventId)]);
    const event = locked.size > 0 ? await findEvent(tx, eventId) : null;
    const rights = event && (await hostRightsOf(tx, event, viewer));
    if (!event || !canEdit(event, viewer, rights)) return { kind: "notFound" };
    if (event.status === "PUBLISHED") return { kind: "published", event };
    if (hasEnded(event, context.now())) return { kind: "ended", endedAt: event.endsAt };
    const published = await publish(tx, eventId);
    await addToOutbox(tx, [eventFact(published)]);
    return { kind: "published", event: published };
  });
}
