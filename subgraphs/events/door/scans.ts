// Records scans of tickets in one go: a single one, or what a gate has collected while it was
// offline. The caller holds the lock of the event's stream.
import { afterCommit } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { checkInsMade } from "../metrics.ts";
import { findRegistrations, type StoredRegistration } from "../seats/registrations/store.ts";
import { firstScan, judgeTicket, type ScannedTicket, type TicketFault } from "./check-ins/rules.ts";
import { type CheckInRow, findKnown, insertCheckIns } from "./check-ins/store.ts";
import type { AtDoor } from "./gate.ts";
import { type ClosedDoor, closedAtDoor } from "./hours.ts";
import { saveParties, scansOf, settled } from "./seats.ts";
import { type ReadTicket, readTicket, type TicketCodes } from "./ticket-codes.ts";

export interface Scan {
  readonly code: string;
  /** Chosen by the gate, once for each scan. */
  readonly nonce: string;
  readonly gate: string;
  /** Null for now. */
  readonly scannedAt: Date | null;
}

interface Scanned {
  /** The check-in of this scan, or the one that has the seat. */
  readonly checkIn: CheckInRow;
  readonly registration: StoredRegistration;
}

export type ScanOutcome =
  | (Scanned & { readonly kind: "checkedIn" | "already" })
  | { readonly kind: "notValid"; readonly fault: TicketFault }
  | { readonly kind: "notSeated"; readonly registration: StoredRegistration }
  | { readonly kind: "idempotencyConflict" }
  | ClosedDoor;

interface Batch {
  readonly door: AtDoor;
  readonly codes: TicketCodes;
  readonly isOffline: boolean;
  readonly parties: ReadonlyMap<string, StoredRegistration>;
  /** All check-ins that matter, and the new ones. */
  readonly checkIns: CheckInRow[];
  readonly addedIds: Set<string>;
}

/**
 * Judges and stores scans; the outcomes are in their order. Online, a seat that somebody has taken
 * is refused. Offline, the gate has let the person in already: the scan becomes a conflict.
 */
export async function recordScans(
  door: AtDoor,
  codes: TicketCodes,
  scans: readonly Scan[],
  isOffline: boolean,
): Promise<ScanOutcome[]> {
  const { tx } = door.change;
  const tickets = scans.map(({ code }) => readTicket(code));
  const ids = new Set(tickets.flatMap((ticket) => ticket?.registrationId ?? []));
  const found = await findRegistrations(tx, [...ids]);
  const parties = new Map(found.map((row) => [row.id, row]));
  const ownIds = found.filter((row) => row.eventId === door.event.id).map((row) => row.id);
  const nonces = scans.map(({ nonce }) => nonce);
  const checkIns = await findKnown(tx, door.event.id, nonces, ownIds);
  const batch = { door, codes, isOffline, parties, checkIns, addedIds: new Set<string>() };
  const judged = scans.map((scan, at) => judgeScan(batch, scan, tickets[at] ?? null));
  const stored = await store(batch);
  return judged.map((outcome) => currentOf(outcome, stored));
}

function judgeScan(batch: Batch, scan: Scan, ticket: ReadTicket | null): ScanOutcome {
  const { event, now } = batch.door;
  const party = (ticket && batch.parties.get(ticket.registrationId)) ?? null;
  const known = batch.checkIns.find((row) => row.nonce === scan.nonce && row.eventId === event.id);
  if (known) {
    const isSame = known.registrationId === ticket?.registrationId && known.seat === ticket.seat;
    if (!isSame || !party) return { kind: "idempotencyConflict" };
    return { kind: "checkedIn", checkIn: known, registration: party };
  }
  const own = party?.eventId === event.id ? party : null;
  const verdict = judgeTicket(ticket && signedFor(batch, ticket, party), own);
  if (verdict.kind === "notValid") return verdict;
  const registration = verdict.party;
  if (verdict.kind === "notSeated" || !ticket) return { kind: "notSeated", registration };
  const { at, closed } = closedAtDoor(event, scan.scannedAt, now);
  if (closed) return closed;
  const first = firstScan(scansOf(batch.checkIns, ticket));
  if (first && !batch.isOffline) return { kind: "already", checkIn: first, registration };
  return { kind: "checkedIn", checkIn: addCheckIn(batch, scan, ticket, at), registration };
}

function signedFor(
  { codes, door }: Batch,
  ticket: ReadTicket,
  party: StoredRegistration | null,
): ScannedTicket {
  const { seat, ticketVersion } = ticket;
  const isOwn = codes.isGenuine(ticket, door.event.id);
  const isOther = !isOwn && party !== null && codes.isGenuine(ticket, party.eventId);
  return { seat, ticketVersion, signedFor: isOwn ? "THIS_EVENT" : isOther ? "OTHER_EVENT" : null };
}

function addCheckIn(
  { door, checkIns, addedIds }: Batch,
  { nonce, gate }: Scan,
  { registrationId, seat }: ReadTicket,
  scannedAt: Date,
): CheckInRow {
  const scanned = { registrationId, seat, nonce, gate, scannedAt };
  const made = { id: newId(), eventId: door.event.id, recordedAt: door.now, by: door.viewer.id };
  const state = { undoneAt: null, undoneBy: null, isConflict: false };
  const checkIn = { ...scanned, ...made, ...state };
  checkIns.push(checkIn);
  addedIds.add(checkIn.id);
  return checkIn;
}

interface Stored {
  readonly checkIns: ReadonlyMap<string, CheckInRow>;
  readonly registrations: ReadonlyMap<string, StoredRegistration>;
}

/** Stores the new check-ins, and tells each changed registration once. */
async function store({ door, parties, checkIns, addedIds }: Batch): Promise<Stored> {
  const verdicts = settled(checkIns);
  const added = verdicts.filter(({ id }) => addedIds.has(id));
  const newConflicts = verdicts.filter(
    (row, at) => !addedIds.has(row.id) && row.isConflict && checkIns[at]?.isConflict === false,
  );
  const byId = new Map(verdicts.map((row) => [row.id, row]));
  if (added.length === 0) return { checkIns: byId, registrations: new Map() };
  await insertCheckIns(
    door.change.tx,
    added,
    newConflicts.map(({ id }) => id),
  );
  afterCommit(door.change.tx, () => checkInsMade.inc(added.length));
  const ids = [...new Set(added.map(({ registrationId }) => registrationId))];
  const come = ids.flatMap((id) => {
    const party = parties.get(id);
    return party ? [{ party, checkIns: verdicts }] : [];
  });
  return { checkIns: byId, registrations: await saveParties(door, come) };
}

function currentOf(outcome: ScanOutcome, stored: Stored): ScanOutcome {
  if (outcome.kind !== "checkedIn" && outcome.kind !== "already") return outcome;
  const { checkIn, registration } = outcome;
  return {
    ...outcome,
    checkIn: stored.checkIns.get(checkIn.id) ?? checkIn,
    registration: stored.registrations.get(registration.id) ?? registration,
  };
}
