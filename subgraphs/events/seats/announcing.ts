// Appends the entries of a registration that changed without a change of its seats.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "../database.ts";
import { appendUpdates } from "./entries.ts";
import { markChanged, type StoredRegistration, waitlistPositions } from "./registrations/store.ts";

/** The caller has locked the event's stream, and has stored the change. */
export async function announceChange(
  change: Change<Transaction>,
  registration: StoredRegistration,
): Promise<void> {
  const { id, eventId } = registration;
  const waitlistPosition = (await waitlistPositions(change.tx, [id])).get(id) ?? null;
  const seqs = await appendUpdates(change, eventId, [{ ...registration, waitlistPosition }]);
  await markChanged(change.tx, [id], seqs);
}
