// Cancels a registration and gives its seats on, for those who cancel, and for erased accounts.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "./context.ts";
import type { EventRow } from "./events/store.ts";
import { appendUpdates } from "./registrations/entries.ts";
import { type Canceller, promoted } from "./registrations/rules.ts";
import {
  cancel,
  confirm,
  freeSeats,
  markChanged,
  moveWaitlist,
  type StoredRegistration,
  takeSeats,
  waitlistHead,
} from "./registrations/store.ts";

/**
 * Cancels a standing registration and seats people from the waitlist. The caller has locked the
 * event's stream and has read both behind the lock.
 */
export async function cancelAndPromote(
  change: Change<Transaction>,
  event: EventRow,
  registration: StoredRegistration,
  canceller: Canceller,
): Promise<StoredRegistration> {
  const { tx } = change;
  const cancelled = await cancel(tx, registration.id, canceller);
  const wasSeated = registration.status === "CONFIRMED";
  if (wasSeated) await freeSeats(tx, event.id, registration.partySize);
  else await moveWaitlist(tx, event.id, -1);
  const seatsLeft = event.capacity - event.seatsTaken + (wasSeated ? registration.partySize : 0);
  const movingUp = promoted(await waitlistHead(tx, event.id, seatsLeft), seatsLeft).map(
    (waiting) => ({ ...waiting, status: "CONFIRMED" as const }),
  );
  const changed = [cancelled, ...movingUp].map((each) => ({ ...each, waitlistPosition: null }));
  const seqs = await appendUpdates(change, event.id, changed);
  await markChanged(
    tx,
    changed.map((each) => each.id),
    seqs,
  );
  if (movingUp.length > 0) {
    const seats = movingUp.reduce((sum, each) => sum + each.partySize, 0);
    await takeSeats(tx, event.id, seats);
    await moveWaitlist(tx, event.id, -movingUp.length);
    await confirm(
      tx,
      movingUp.map((each) => each.id),
      seqs.slice(1),
    );
  }
  return cancelled;
}
