// Lets in people who have no registration, while there are seats.
import { isId, newId } from "#kit/data/id";
import type { Context } from "../../context.ts";
import { type EventRow, findEvent } from "../../planning/events/store.ts";
import { freeSeats } from "../../seating.ts";
import { appendEventChange } from "../../seats/entries.ts";
import { sweep } from "../../seats/sweep.ts";
import { type AtDoor, atDoor, type NoEntry } from "../gate.ts";
import { type ClosedDoor, closedAtDoor } from "../hours.ts";
import { judgeWalkIn } from "./rules.ts";
import {
  findByNonces,
  findWalkIn,
  insertWalkIns,
  returnSeatsAtDoor,
  takeSeatsAtDoor,
  undoWalkIn as undo,
  type WalkInRow,
} from "./store.ts";

export interface NewWalkIn {
  readonly partySize: number;
  readonly label: string;
  /** Chosen by the gate, once for each party. */
  readonly nonce: string;
  readonly gate: string;
  /** Null for now. */
  readonly enteredAt: Date | null;
}

export type WalkInOutcome =
  | { readonly kind: "added"; readonly walkIn: WalkInRow }
  | { readonly kind: "full"; readonly capacity: number; readonly seatsLeft: number }
  | { readonly kind: "idempotencyConflict" }
  | ClosedDoor;

export type WalkInsOutcome =
  | {
      readonly kind: "recorded";
      readonly outcomes: readonly WalkInOutcome[];
      readonly event: EventRow;
    }
  | NoEntry;

/** Lets parties in, in their order: each gets its seats, or is refused. */
export async function addWalkIns(
  context: Context,
  eventId: string,
  parties: readonly NewWalkIn[],
): Promise<WalkInsOutcome> {
  return atDoor<WalkInsOutcome>(context, eventId, async (door) => {
    const { tx } = door.change;
    const nonces = parties.map(({ nonce }) => nonce);
    const known = await findByNonces(tx, eventId, nonces);
    const added: WalkInRow[] = [];
    const outcomes = parties.map((party) => judge(door, party, known, added));
    const seats = seatsOf(added);
    if (added.length > 0) {
      await takeSeatsAtDoor(tx, eventId, seats);
      await insertWalkIns(tx, added);
      await appendEventChange(door.change, eventId, []);
    }
    return { kind: "recorded", outcomes, event: withSeats(door.event, seats) };
  });
}

function judge(
  { event, viewer, now }: AtDoor,
  party: NewWalkIn,
  known: readonly WalkInRow[],
  added: WalkInRow[],
): WalkInOutcome {
  const earlier = [...known, ...added].find((row) => row.nonce === party.nonce) ?? null;
  const { capacity } = event;
  const seatsLeft = Math.max(0, freeSeats(event) - seatsOf(added));
  const verdict = judgeWalkIn(party, earlier, seatsLeft);
  if (verdict.kind === "replayed") return { kind: "added", walkIn: verdict.walkIn };
  if (verdict.kind === "idempotencyConflict") return verdict;
  const { at: enteredAt, closed } = closedAtDoor(event, party.enteredAt, now);
  if (closed) return closed;
  if (verdict.kind === "full") return { ...verdict, capacity };
  const made = { id: newId(), eventId: event.id, recordedAt: now, by: viewer.id };
  const walkIn = { ...party, ...made, enteredAt, undoneAt: null, undoneBy: null };
  added.push(walkIn);
  return { kind: "added", walkIn };
}

function seatsOf(rows: readonly WalkInRow[]): number {
  return rows.reduce((sum, { partySize }) => sum + partySize, 0);
}

function withSeats(event: EventRow, seats: number): EventRow {
  const { seatsTaken, seatsCheckedIn } = event;
  return { ...event, seatsTaken: seatsTaken + seats, seatsCheckedIn: seatsCheckedIn + seats };
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
  await returnSeatsAtDoor(change.tx, event.id, walkIn.partySize);
  await sweep(change, withSeats(event, -walkIn.partySize), [], now);
  await appendEventChange(change, event.id, []);
  const swept = await findEvent(change.tx, event.id);
  return { kind: "undone", walkIn: undone, event: swept ?? event };
}
