// Cancels a registration and gives its seats on, for those who cancel, and for erased accounts.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "../database.ts";
import type { EventRow } from "../planning/events/store.ts";
import { appendUpdates } from "./registrations/entries.ts";
import { type Canceller, freeSeats, promoted } from "./registrations/rules.ts";
import {
  cancel,
  confirm,
  markChanged,
  moveWaitlist,
  returnSeats,
  SEATED,
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
  const wasSeated = SEATED.includes(registration.status);
  if (wasSeated) await returnSeats(tx, event.id, registration.partySize);
  else await moveWaitlist(tx, event.id, -1);
  const seatsTaken = event.seatsTaken - (wasSeated ? registration.partySize : 0);
  const seatsLeft = freeSeats({ ...event, seatsTaken });
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
