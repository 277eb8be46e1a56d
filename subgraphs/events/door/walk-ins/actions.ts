// Lets in people who have no registration, while there are seats.
import { isId, newId } from "#kit/data/id";
import type { Context } from "../../context.ts";
import { type EventRow, findEvent } from "../../planning/events/store.ts";
import { freeSeats, setAsideBy } from "../../seating.ts";
import { appendEventChange } from "../../seats/entries.ts";
import { type Seating, typeIn } from "../../seats/moves.ts";
import { moveCounters } from "../../seats/store.ts";
import { sweep, typesOf } from "../../seats/sweep.ts";
import { type Full, fullOf } from "../../seats/types.ts";
import { countCheckedIn } from "../check-ins/store.ts";
import { type AtDoor, atDoor, type NoEntry } from "../gate.ts";
import { type ClosedDoor, closedAtDoor } from "../hours.ts";
import { judgeWalkIn } from "./rules.ts";
import {
  findByNonces,
  findWalkIn,
  insertWalkIns,
  undoWalkIn as undo,
  type WalkInRow,
} from "./store.ts";

export interface NewWalkIn {
  readonly partySize: number;
  readonly label: string;
  /** Chosen by the gate, once for each party. */
  readonly nonce: string;
  readonly gate: string;
  /** Null for the seats that are for all. */
  readonly ticketTypeId: string | null;
  /** Null for now. */
  readonly enteredAt: Date | null;
}

export type WalkInOutcome =
  | { readonly kind: "added"; readonly walkIn: WalkInRow }
  | Full
  | { readonly kind: "idempotencyConflict" }
  | ClosedDoor;

export type WalkInsOutcome =
  | {
      readonly kind: "recorded";
      readonly outcomes: readonly WalkInOutcome[];
      readonly event: EventRow;
    }
  | NoEntry;

/** Lets a party in, if there are seats. */
export async function addWalkIn(
  context: Context,
  eventId: string,
  party: NewWalkIn,
): Promise<WalkInsOutcome | { readonly kind: "noType" }> {
  type Outcome = WalkInsOutcome | { readonly kind: "noType" };
  return atDoor<Outcome>(context, eventId, async (door) => {
    const types = await typesOf(door.change.tx, door.event);
    if (party.ticketTypeId !== null && !typeIn(types, party)) return { kind: "noType" };
    return record(door, types, [party]);
  });
}

/** Records parties that are in already. A type that was deleted since is none. */
export async function syncWalkIns(
  context: Context,
  eventId: string,
  parties: readonly NewWalkIn[],
): Promise<WalkInsOutcome> {
  return atDoor<WalkInsOutcome>(context, eventId, async (door) => {
    const types = await typesOf(door.change.tx, door.event);
    const known = parties.map((party) => {
      return { ...party, ticketTypeId: typeIn(types, party)?.id ?? null };
    });
    return record(door, types, known);
  });
}

/** In the order of the parties: each gets its seats, or is refused. */
async function record(
  door: AtDoor,
  types: Seating["types"],
  parties: readonly NewWalkIn[],
): Promise<WalkInsOutcome> {
  const { change, event } = door;
  const nonces = parties.map(({ nonce }) => nonce);
  const known = await findByNonces(change.tx, event.id, nonces);
  const before = { event, types };
  const added: WalkInRow[] = [];
  const outcomes = parties.map((party) => judge(door, before, party, { known, added }));
  const after = seated(before, added, 1);
  if (added.length > 0) {
    const givesShared = added.some((row) => !typeIn(types, row)?.isReserved);
    await moveCounters(change.tx, before, after, givesShared);
    await countCheckedIn(change.tx, event.id, seatsOf(added));
    await insertWalkIns(change.tx, added);
    await appendEventChange(change, event.id, []);
  }
  return { kind: "recorded", outcomes, event: after.event };
}

function judge(
  { event, viewer, now }: AtDoor,
  before: Seating,
  party: NewWalkIn,
  { known, added }: { readonly known: readonly WalkInRow[]; readonly added: WalkInRow[] },
): WalkInOutcome {
  const earlier = [...known, ...added].find((row) => row.nonce === party.nonce) ?? null;
  const seating = seated(before, added, 1);
  const verdict = judgeWalkIn(
    party,
    earlier,
    freeSeats(seating.event, typeIn(seating.types, party)),
  );
  if (verdict.kind === "replayed") return { kind: "added", walkIn: verdict.walkIn };
  if (verdict.kind === "idempotencyConflict") return verdict;
  const { at: enteredAt, closed } = closedAtDoor(event, party.enteredAt, now);
  if (closed) return closed;
  if (verdict.kind === "full") return fullOf(seating, party);
  const made = { id: newId(), eventId: event.id, recordedAt: now, by: viewer.id };
  const walkIn = { ...party, ...made, enteredAt, undoneAt: null, undoneBy: null };
  added.push(walkIn);
  return { kind: "added", walkIn };
}

function seatsOf(rows: readonly WalkInRow[]): number {
  return rows.reduce((sum, { partySize }) => sum + partySize, 0);
}

/** The event and its types after walk-ins have come, or are taken back. */
function seated({ event, types }: Seating, rows: readonly WalkInRow[], sign: 1 | -1): Seating {
  const changed = types.map((type) => {
    const seats = seatsOf(rows.filter(({ ticketTypeId }) => ticketTypeId === type.id));
    return { ...type, seatsTaken: type.seatsTaken + sign * seats };
  });
  const { seatsTaken, seatsCheckedIn } = event;
  const seats = sign * seatsOf(rows);
  const taken = { seatsTaken: seatsTaken + seats, seatsCheckedIn: seatsCheckedIn + seats };
  return { event: { ...event, ...taken, seatsSetAside: setAsideBy(changed) }, types: changed };
}

export type UndoOutcome =
  | { readonly kind: "undone"; readonly walkIn: WalkInRow; readonly event: EventRow }
  | { readonly kind: "notFound" };

/** Takes a walk-in back: its seats are free again. */
export async function undoWalkIn(context: Context, walkInId: string): Promise<UndoOutcome> {
  const known = isId(walkInId) ? await findWalkIn(context.database, walkInId) : null;
  if (!known) return { kind: "notFound" };
  const outcome = await atDoor<UndoOutcome>(context, known.eventId, (door) =>
    undoAt(door, walkInId),
  );
  return outcome.kind === "forbidden" ? { kind: "notFound" } : outcome;
}

async function undoAt({ change, event, viewer, now }: AtDoor, id: string): Promise<UndoOutcome> {
  const walkIn = await findWalkIn(change.tx, id);
  if (!walkIn) return { kind: "notFound" };
  if (walkIn.undoneAt !== null) return { kind: "undone", walkIn, event };
  const undone = await undo(change.tx, id, viewer.id, now);
  const before = { event, types: await typesOf(change.tx, event) };
  const after = seated(before, [walkIn], -1);
  await moveCounters(change.tx, before, after, false);
  await countCheckedIn(change.tx, event.id, -walkIn.partySize);
  await sweep(change, after.event, [], now);
  await appendEventChange(change, event.id, []);
  const swept = await findEvent(change.tx, event.id);
  return { kind: "undone", walkIn: undone, event: swept ?? event };
}
