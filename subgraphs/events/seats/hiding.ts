// Hides a registration among the attendees, or shows it again, with its entries.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "../database.ts";
import { appendUpdates } from "./registrations/entries.ts";
import {
  hideRegistration,
  markChanged,
  type StoredRegistration,
  waitlistPositions,
} from "./registrations/store.ts";

/** The caller has locked the event's stream and has read the registration behind the lock. */
export async function setHidden(
  change: Change<Transaction>,
  { id }: StoredRegistration,
  isHidden: boolean,
): Promise<StoredRegistration> {
  const { tx } = change;
  const registration = await hideRegistration(tx, id, isHidden);
  const waitlistPosition = (await waitlistPositions(tx, [id])).get(id) ?? null;
  const changed = { ...registration, waitlistPosition };
  await markChanged(tx, [id], await appendUpdates(change, registration.eventId, [changed]));
  return registration;
}
