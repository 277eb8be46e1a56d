// Tells changes of registrations with seats in the streams of the event and of their people.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "../database.ts";
import { appendUpdates } from "../seats/entries.ts";
import type { StoredRegistration } from "../seats/registrations/store.ts";

/** Returns the seqs in the event's stream, which the caller has locked. */
export async function tellRegistrations(
  change: Change<Transaction>,
  eventId: string,
  registrations: readonly StoredRegistration[],
): Promise<number[]> {
  const states = registrations.map((row) => ({ ...row, waitlistPosition: null }));
  return appendUpdates(change, eventId, states);
}
