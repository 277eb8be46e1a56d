// Makes drafts, each once for an idempotency key.
import { newId } from "#kit/data/id";
import { openStreams } from "#kit/live/streams";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { eventStream } from "../streams.ts";
import { writeAsViewer } from "../writing.ts";
import { type EventFields, type EventRow, findByKey, insertEvent } from "./events/store.ts";

export interface DraftRequest {
  readonly organizerId: string;
  readonly idempotencyKey: string | null;
  readonly hash: string;
}

export type DraftOutcome =
  | { readonly kind: "created"; readonly event: EventRow }
  | { readonly kind: "idempotencyConflict" };

/** The outcome of an earlier request with the same key; null when there was none. */
export async function earlierDraft(
  { database }: Pick<Context, "database">,
  { organizerId, idempotencyKey, hash }: DraftRequest,
): Promise<DraftOutcome | null> {
  if (idempotencyKey === null) return null;
  const earlier = await findByKey(database, organizerId, idempotencyKey);
  if (!earlier) return null;
  if (earlier.requestHash !== hash) return { kind: "idempotencyConflict" };
  return { kind: "created", event: earlier.event };
}

/**
 * Stores a draft with the stream of its registrations, unless its key has made one. `complete` adds
 * to the new draft, in the same transaction, and returns it as it is then.
 */
export async function makeDraft(
  context: Context,
  request: DraftRequest,
  fields: EventFields,
  complete?: (tx: Transaction, draft: EventRow) => Promise<EventRow>,
): Promise<DraftOutcome> {
  const { organizerId, idempotencyKey } = request;
  const id = newId();
  const event = await writeAsViewer(context, async (tx) => {
    const inserted = await insertEvent(tx, {
      ...fields,
      id,
      organizerId,
      createdAt: context.now(),
      idempotencyKey,
      requestHash: idempotencyKey === null ? null : request.hash,
    });
    if (!inserted) return null;
    await openStreams(tx, [eventStream(id)]);
    return complete ? complete(tx, inserted) : inserted;
  });
  if (event) return { kind: "created", event };
  // Another request with the same key was faster; it is committed, or its row would not conflict.
  const earlier = await earlierDraft(context, request);
  return earlier ?? { kind: "idempotencyConflict" };
}
