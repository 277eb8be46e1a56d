// Runs a change of an event's registrations: locks the event's stream, then reads the event.
import { isId } from "#kit/data/id";
import type { Change } from "#kit/live/changes";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { type EventRow, findEvent } from "../planning/events/store.ts";
import { eventStream } from "../streams.ts";
import { changeAsViewer } from "../writing.ts";
import { findRegistration, type StoredRegistration } from "./registrations/store.ts";

/** Runs `work` behind the lock of the event's stream; `event` is null when it does not exist. */
export async function changeEvent<Outcome>(
  context: Context,
  eventId: string,
  work: (change: Change<Transaction>, event: EventRow | null) => Promise<Outcome>,
): Promise<Outcome> {
  return changeAsViewer(context, eventStream(eventId), async (change, exists) =>
    work(change, exists ? await findEvent(change.tx, eventId) : null),
  );
}

export interface NotFound {
  readonly kind: "notFound";
}

export const NOT_FOUND: NotFound = { kind: "notFound" };

/** A registration and its event, both read behind the lock. */
export interface Known {
  readonly event: EventRow;
  readonly registration: StoredRegistration;
}

/** Runs `work` behind the lock of the event's stream of a registration. */
export async function changeRegistration<Outcome>(
  context: Context,
  registrationId: string,
  work: (change: Change<Transaction>, known: Known) => Promise<Outcome>,
): Promise<Outcome | NotFound> {
  const known = isId(registrationId)
    ? await findRegistration(context.database, registrationId)
    : null;
  if (!known) return NOT_FOUND;
  return changeEvent<Outcome | NotFound>(context, known.eventId, async (change, event) => {
    const registration = event && (await findRegistration(change.tx, registrationId));
    return registration ? work(change, { event, registration }) : NOT_FOUND;
  });
}
