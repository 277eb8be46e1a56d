// Lets in people who have no registration, while there are seats.
import { afterCommit } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import type { Context } from "../../context.ts";
import { walkInsMade } from "../../metrics.ts";
import { type EventRow, findEvent } from "../../planning/events/store.ts";
import { readSeats, type SeatsAtDoor, storeSeats } from "../../seats/at-door.ts";
import { appendEventChange } from "../../seats/entries.ts";
import { sweep } from "../../seats/sweep.ts";
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
  | NonNullable<ReturnType<SeatsAtDoor["fullFor"]>>
  | { readonly kind: "idempotencyConflict" }
  | ClosedDoor;

export type WalkInsOutcome =
  | {
      readonly kind: "recorded";
      readonly outcomes: readonly WalkInOutcome[];
      readonly event: EventRow;
    }
  | NoEntry;

interface NoType {
  readonly kind: "noType";
}

/** Lets a party in, if there are seats. */
export async function addWalkIn(
  context: Context,
  eventId: string,
  party: NewWalkIn,
): Promise<WalkInsOutcome | NoType> {
  return atDoor<WalkInsOutcome | NoType>(context, eventId, async (door) => {
    const seats = await readSeats(door.change.tx, door.event);
    return seats.has(party) ? record(door, seats, [party]) : { kind: "noType" };
  });
}

/** Records parties that are in already. A type that was deleted since is none. */
export async function syncWalkIns(
  context: Context,
  eventId: string,
  parties: readonly NewWalkIn[],
): Promise<WalkInsOutcome> {
  return atDoor<WalkInsOutcome>(context, eventId, async (door) => {
    const seats = await readSeats(door.change.tx, door.event);
    const known = parties.map((party) =>
      seats.has(party) ? party : { ...party, ticketTypeId: null },
    );
    return record(door, seats, known);
  });
}

/** In the order of the parties: each gets its seats, or is refused. */
async function record(
  door: AtDoor,
  before: SeatsAtDoor,
  parties: readonly NewWalkIn[],
): Promise<WalkInsOutcome> {
  const { change, event } = door;
  const nonces = parties.map(({ nonce }) => nonce);
  const known = await findByNonces(change.tx, event.id, nonces);
  const added: WalkInRow[] = [];
  const outcomes = parties.map((party) => judge(door, before, party, { known, added }));
  const after = before.plus(added);
  if (added.length > 0) {
    afterCommit(change.tx, () => walkInsMade.inc(added.length));
    await storeSeats(change.tx, before, after);
    const people = added.reduce((sum, { partySize }) => sum + partySize, 0);
    await countCheckedIn(change.tx, event.id, people);
    await insertWalkIns(change.tx, added);
    await appendEventChange(change, event.id, []);
  }
  return { kind: "recorded", outcomes, event: after.seating.event };
}

function judge(
  { event, viewer, now }: AtDoor,
  before: SeatsAtDoor,
  party: NewWalkIn,
  { known, added }: { readonly known: readonly WalkInRow[]; readonly added: WalkInRow[] },
): WalkInOutcome {
  const earlier = [...known, ...added].find((row) => row.nonce === party.nonce) ?? null;
  const verdict = judgeWalkIn(party, earlier, before.plus(added).fullFor(party));
  if (verdict.kind === "replayed") return { kind: "added", walkIn: verdict.walkIn };
  if (verdict.kind === "idempotencyConflict") return verdict;
  const { at: enteredAt, closed } = closedAtDoor(event, party.enteredAt, now);
  if (closed) return closed;
  if (verdict.kind === "full") return verdict;
  const made = { id: newId(), eventId: event.id, recordedAt: now, by: viewer.id };
  const walkIn = { ...party, ...made, enteredAt, undoneAt: null, undoneBy: null };
  added.push(walkIn);
  return { kind: "added", walkIn };
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
  const before = await readSeats(change.tx, event);
  const after = before.minus([walkIn]);
  await storeSeats(change.tx, before, after);
  await countCheckedIn(change.tx, event.id, -walkIn.partySize);
  await sweep(change, after.seating.event, [], now);
  await appendEventChange(change, event.id, []);
  const swept = await findEvent(change.tx, event.id);
  return { kind: "undone", walkIn: undone, event: swept ?? event };
}
