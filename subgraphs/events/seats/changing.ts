// Runs a change of an event's registrations: locks the event's stream, then reads the event.
import { type Change, changeStream } from "#kit/live/changes";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { type EventRow, findEvent } from "../planning/events/store.ts";
import { eventStream } from "../streams.ts";

/** Runs `work` behind the lock of the event's stream; `event` is null when it does not exist. */
export async function changeEvent<Outcome>(
  context: Context,
  eventId: string,
  work: (change: Change<Transaction>, event: EventRow | null) => Promise<Outcome>,
): Promise<Outcome> {
  return changeStream(context, eventStream(eventId), async (change: Change<Transaction>, exists) =>
    work(change, exists ? await findEvent(change.tx, eventId) : null),
  );
}
