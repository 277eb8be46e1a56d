// Which seats of registrations are taken by people who have come: settles the scans of a seat, and
// stores, counts and tells what that changes. The caller holds the lock of the event's stream.
import type { StoredRegistration } from "../seats/registrations/store.ts";
import { firstScan, statusOf } from "./check-ins/rules.ts";
import { type CheckInRow, countCheckedIn, saveSeats } from "./check-ins/store.ts";
import type { AtDoor } from "./gate.ts";
import { tellRegistrations } from "./telling.ts";

interface Seat {
  readonly registrationId: string;
  readonly seat: number;
}

/** The scans of a seat that are not undone. */
export function scansOf(
  checkIns: readonly CheckInRow[],
  { registrationId, seat }: Seat,
): CheckInRow[] {
  return checkIns.filter(
    (row) => row.registrationId === registrationId && row.seat === seat && row.undoneAt === null,
  );
}

/** The same check-ins with their verdict: of the scans of a seat, all but the first conflict. */
export function settled(checkIns: readonly CheckInRow[]): CheckInRow[] {
  const seats = new Map<string, CheckInRow[]>();
  for (const row of checkIns) {
    if (row.undoneAt !== null) continue;
    const key = `${row.registrationId} ${row.seat}`;
    seats.set(key, [...(seats.get(key) ?? []), row]);
  }
  const firsts = new Set([...seats.values()].map((scans) => firstScan(scans)?.id));
  return checkIns.map((row) => ({
    ...row,
    isConflict: row.undoneAt === null && !firsts.has(row.id),
  }));
}

interface Come {
  readonly party: StoredRegistration;
  /** All its check-ins. */
  readonly checkIns: readonly CheckInRow[];
}

/**
 * Stores and counts who of some parties has come, and tells those for whom that is new. Returns the
 * changed registrations by id.
 */
export async function saveParties(
  { change, event }: Pick<AtDoor, "change" | "event">,
  parties: readonly Come[],
): Promise<Map<string, StoredRegistration>> {
  const changed = parties
    .map(({ party, checkIns }) => ({ party, seats: seatsOf(checkIns, party.id) }))
    .filter(({ party, seats }) => seats.join() !== party.checkedInSeats.join());
  if (changed.length === 0) return new Map();
  const rows = changed.map(({ party, seats }) => ({
    ...party,
    checkedInSeats: seats,
    status: statusOf(seats, event.noShowsAt),
  }));
  const more = changed.map(({ party, seats }) => seats.length - party.checkedInSeats.length);
  await countCheckedIn(
    change.tx,
    event.id,
    more.reduce((sum, by) => sum + by, 0),
  );
  await saveSeats(change.tx, rows, await tellRegistrations(change, event.id, rows));
  return new Map(rows.map((row) => [row.id, row]));
}

function seatsOf(checkIns: readonly CheckInRow[], registrationId: string): number[] {
  const own = checkIns.filter(
    (row) => row.registrationId === registrationId && row.undoneAt === null,
  );
  return [...new Set(own.map(({ seat }) => seat))].sort((a, b) => a - b);
}
