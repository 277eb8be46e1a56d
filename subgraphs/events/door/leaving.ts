// Takes back who of a party has come, when its registration loses its seats.
import type { Transaction } from "../database.ts";
import { SEATED, type StoredRegistration } from "../seats/registrations/store.ts";
import { countCheckedIn, undoAll } from "./check-ins/store.ts";

/** The seats whose people have come, of a registration after a change. */
export function seatsKept({ status, checkedInSeats }: StoredRegistration): number[] {
  return SEATED.includes(status) ? checkedInSeats : [];
}

interface Move {
  readonly before: StoredRegistration | null;
  readonly after: StoredRegistration;
}

/** The caller holds the lock of the event's stream, and stores the registrations themselves. */
export async function takeBackCheckIns(
  tx: Transaction,
  eventId: string,
  moves: readonly Move[],
): Promise<void> {
  const leaving = moves.flatMap(({ before, after }) =>
    before && before.checkedInSeats.length > after.checkedInSeats.length ? [before] : [],
  );
  if (leaving.length === 0) return;
  const ids = leaving.map(({ id }) => id);
  await undoAll(tx, ids);
  const seats = leaving.reduce((sum, { checkedInSeats }) => sum + checkedInSeats.length, 0);
  await countCheckedIn(tx, eventId, -seats);
}
