// Lets people in at the door: one scan, what a gate has collected offline, and taking one back.
import { isId } from "#kit/data/id";
import type { Context } from "../../context.ts";
import { type EventRow, findEvent } from "../../planning/events/store.ts";
import { findRegistration, type StoredRegistration } from "../../seats/registrations/store.ts";
import { type AtDoor, atDoor, type NoEntry } from "../gate.ts";
import { recordScans, type Scan, type ScanOutcome } from "../scans.ts";
import { saveParties } from "../seats.ts";
import { readTicket } from "../ticket-codes.ts";
import { firstScan } from "./rules.ts";
import { type CheckInRow, findCheckIn, findOfRegistrations, setConflicts, undo } from "./store.ts";

export type CheckInOutcome = ScanOutcome | NoEntry;

/**
 * Lets in the seat of a ticket. Without an event it is that of the ticket, and to those who may not
 * let people in there, the ticket is none.
 */
export async function checkIn(
  context: Context,
  eventId: string | null,
  scan: Scan,
): Promise<CheckInOutcome> {
  const record = async (door: AtDoor) => {
    const [outcome] = await recordScans(door, context.tickets, [scan], false);
    if (!outcome) throw new Error("a scan has no outcome");
    return outcome;
  };
  if (eventId !== null) return atDoor(context, eventId, record);
  const ticket = readTicket(scan.code);
  const party = ticket && (await findRegistration(context.database, ticket.registrationId));
  const outcome = party ? await atDoor(context, party.eventId, record) : null;
  const isRefused = outcome === null || outcome.kind === "notFound" || outcome.kind === "forbidden";
  return isRefused ? { kind: "notValid", fault: "FORGED" } : outcome;
}

export type SyncOutcome =
  | {
      readonly kind: "synced";
      readonly outcomes: readonly ScanOutcome[];
      readonly event: EventRow;
    }
  | NoEntry;

/** Records what a gate has collected offline, with the times of its scans. */
export async function syncCheckIns(
  context: Context,
  eventId: string,
  scans: readonly Scan[],
): Promise<SyncOutcome> {
  return atDoor<SyncOutcome>(context, eventId, async (door) => {
    const outcomes = await recordScans(door, context.tickets, scans, true);
    const event = await findEvent(door.change.tx, eventId);
    return { kind: "synced", outcomes, event: event ?? door.event };
  });
}

export type UndoOutcome =
  | {
      readonly kind: "undone";
      readonly checkIn: CheckInRow;
      readonly registration: StoredRegistration;
    }
  | { readonly kind: "notFound" };

/** Takes a check-in back. Another scan of the seat, if there is one, then counts. */
export async function undoCheckIn(context: Context, checkInId: string): Promise<UndoOutcome> {
  const known = isId(checkInId) ? await findCheckIn(context.database, checkInId) : null;
  if (!known) return { kind: "notFound" };
  const outcome = await atDoor<UndoOutcome>(context, known.eventId, (door) =>
    undoScan(door, known),
  );
  return outcome.kind === "forbidden" ? { kind: "notFound" } : outcome;
}

async function undoScan(
  door: AtDoor,
  { id, registrationId, seat }: CheckInRow,
): Promise<UndoOutcome> {
  const { tx } = door.change;
  const checkIn = await findCheckIn(tx, id);
  const party = await findRegistration(tx, registrationId);
  if (!checkIn || !party) return { kind: "notFound" };
  if (checkIn.undoneAt !== null) return { kind: "undone", checkIn, registration: party };
  const undone = await undo(tx, id, door.viewer.id, door.now);
  const checkIns = await findOfRegistrations(tx, [party.id]);
  const first = firstScan(checkIns.filter((row) => row.seat === seat));
  if (first?.isConflict) await setConflicts(tx, [first.id], false);
  const changed = await saveParties(door, [{ party, checkIns }]);
  return { kind: "undone", checkIn: undone, registration: changed.get(party.id) ?? party };
}
