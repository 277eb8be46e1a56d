// The one door to seats: every registration joins the list, which is swept in the transaction of
// each change that may free or add seats. Order and passing are decided in `passing.ts`.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "../database.ts";
import { seatsKept, takeBackCheckIns } from "../door/leaving.ts";
import type { EventRow } from "../planning/events/store.ts";
import { listTicketTypes } from "../planning/ticket-types/store.ts";
import { sharedSeats } from "../seating.ts";
import { decideFor } from "./deciding.ts";
import { appendUpdates } from "./entries.ts";
import {
  afterMoves,
  type Giving,
  givingOf,
  isJoining,
  isOpen,
  type Move,
  offersEndAt,
  type Seating,
  seatsMaxOf,
  TAIL,
  typeIn,
  waitingFor,
} from "./moves.ts";
import { noticesOfMoves } from "./noticing.ts";
import type { Passed } from "./passing.ts";
import { insertRegistration, type StoredRegistration } from "./registrations/store.ts";
import {
  countPasses,
  findAffected,
  findInOrder,
  findOverdue,
  moveCounters,
  type Party,
  storeStates,
} from "./store.ts";
import { enqueueSweeps } from "./sweep-jobs.ts";

/** How many registrations one sweep changes. A job goes on where it ends. */
const CHANGED_MAX = 200;

export interface Swept {
  /** The event, with its counters after the sweep. */
  readonly event: EventRow;
  /** Its ticket types, likewise. */
  readonly types: Seating["types"];
  /** The registrations that changed, by id, as they are stored. */
  readonly changed: ReadonlyMap<string, StoredRegistration>;
  /** Those that wanted to join and did not fit, at an event without a waitlist. Nothing stored. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Makes changes of registrations, ends offers whose time is over, and gives the free seats. Each
 * registration that changes gets one entry. The caller has locked the event's stream and has read
 * `event` and the registrations behind the lock. Once in a transaction: it locks people's streams.
 */
export async function sweep(
  change: Change<Transaction>,
  event: EventRow,
  moves: readonly Move[],
  now: Date,
): Promise<Swept> {
  const { tx } = change;
  const before = { event, types: await typesOf(tx, event) };
  const overdue = await findExpired(tx, event, moves, now);
  const settled = [...moves, ...overdue];
  const decision = await decideFor(tx, afterMoves(before, settled), settled, {
    now,
    givenMax: CHANGED_MAX,
  });
  const giving = givingOf(event, now);
  const given = new Set(decision.given.map(({ id }) => id));
  const refused = event.hasWaitlist
    ? []
    : moves.filter((move) => isJoining(move) && !given.has(move.after.id));
  const known = new Set(settled.map(({ after }) => after.id));
  const movingUp = decision.given.filter(({ id }) => !known.has(id));
  const rows = movingUp.length > 0 ? await findInOrder(tx, movingUp) : [];
  const made = [...settled, ...rows.map((row) => ({ before: row, after: row }))]
    .filter((move) => !refused.includes(move))
    .map((move) => finished(move, before, given.has(move.after.id) ? giving : null))
    .sort((one, other) => rank(one, given) - rank(other, given));
  const after = afterMoves(before, made);
  const stored = await write(change, before, after, made, given);
  await passOver(tx, event.id, decision.passed, stored);
  const isCut = decision.isCut || overdue.length === CHANGED_MAX;
  await enqueueSweeps(tx, event.id, stored, { isCut, now });
  return {
    ...after,
    changed: new Map(stored.map((row) => [row.id, row])),
    refused: new Set(refused.map((move) => move.after.id)),
  };
}

/** The ticket types of an event, read behind its lock. No statement where it has none. */
export async function typesOf(tx: Transaction, event: EventRow): Promise<Seating["types"]> {
  return event.ticketTypeCount > 0 ? listTicketTypes(tx, [event.id]) : [];
}

/**
 * Sweeps after a change of the event itself, which is stored: its capacity, its start, how it gives
 * seats. Tells waiting parties that have become larger than the event, and shortens offers.
 */
export async function sweepChanged(
  change: Change<Transaction>,
  event: EventRow,
  now: Date,
): Promise<Swept> {
  const affected = isOpen(event, now)
    ? await findAffected(
        change.tx,
        { event, types: await typesOf(change.tx, event) },
        offersEndAt(event),
        CHANGED_MAX,
      )
    : [];
  const moves = affected.map((before) => ({ before, after: adjusted(before, event, now) }));
  const swept = await sweep(change, event, moves, now);
  if (affected.length === CHANGED_MAX) {
    await enqueueSweeps(change.tx, event.id, [...swept.changed.values()], { isCut: true, now });
  }
  return swept;
}

/** Entries of freed seats come first, then given ones in the order of the list, then newcomers. */
function rank({ before, after }: Move, given: ReadonlySet<string>): number {
  if (given.has(after.id) || before === null) return after.requestedSeq;
  return -1;
}

function adjusted(row: StoredRegistration, event: EventRow, now: Date): StoredRegistration {
  if (row.status !== "OFFERED") return row;
  const offerExpiresAt = offersEndAt(event);
  return offerExpiresAt > now ? { ...row, offerExpiresAt } : expired({ ...row, offerExpiresAt });
}

function expired(row: StoredRegistration): StoredRegistration {
  return { ...row, status: "EXPIRED", cancelledBy: "SYSTEM" };
}

async function findExpired(
  tx: Transaction,
  event: EventRow,
  moves: readonly Move[],
  now: Date,
): Promise<Move[]> {
  if (event.seatsOffered === 0 || !isOpen(event, now)) return [];
  const moving = new Set(moves.map(({ after }) => after.id));
  const overdue = await findOverdue(tx, event.id, now, CHANGED_MAX);
  return overdue
    .filter(({ id }) => !moving.has(id))
    .map((before) => ({ before, after: expired(before) }));
}

/** People who have just asked, or are approved, get seats at once; others maybe by an offer. */
function finished(move: Move, seating: Seating, giving: Giving | null): Move {
  const { after } = move;
  const isTooLarge = after.status === "WAITLISTED" && after.partySize > seatsMaxOf(seating, after);
  const checkedInSeats = seatsKept(after);
  if (!giving) return { ...move, after: { ...after, isTooLarge, checkedInSeats } };
  const isOffer = giving.kind === "offer" && !isJoining(move);
  return {
    ...move,
    after: isOffer
      ? { ...after, isTooLarge, status: "OFFERED", offerExpiresAt: giving.until }
      : { ...after, isTooLarge, status: "CONFIRMED" },
  };
}

/** Writes counters, entries and registrations. New registrations are last among the moves. */
async function write(
  change: Change<Transaction>,
  before: Seating,
  after: Seating,
  moves: readonly Move[],
  given: ReadonlySet<string>,
): Promise<StoredRegistration[]> {
  const { tx } = change;
  if (moves.length === 0) return [];
  await moveCounters(tx, before, after, givesShared(before, after, moves, given));
  const eventId = before.event.id;
  await takeBackCheckIns(tx, eventId, moves);
  const seqs = await appendUpdates(
    change,
    eventId,
    moves.map((move) => ({ ...move.after, ...positionOf(move, after) })),
    (entrySeqs) => noticesOfMoves(before.event, moves, entrySeqs),
  );
  const stored = moves.map((move, at) => withSeq(move.before, move.after, seqs[at] ?? 0));
  const isNew = (_row: StoredRegistration, at: number) => moves[at]?.before === null;
  await storeStates(
    tx,
    stored.filter((row, at) => !isNew(row, at)),
  );
  for (const row of stored.filter(isNew)) await insertRegistration(tx, row);
  return stored;
}

/** Whether any of these moves gives seats that no reserved type has kept for it. */
function givesShared(
  before: Seating,
  after: Seating,
  moves: readonly Move[],
  given: ReadonlySet<string>,
): boolean {
  if (sharedSeats(after.event) < sharedSeats(before.event)) return true;
  return moves.some(
    (move) => given.has(move.after.id) && !typeIn(before.types, move.after)?.isReserved,
  );
}

/** Counts those that passed others, by their places on the list. */
async function passOver(
  tx: Transaction,
  eventId: string,
  passed: readonly Passed<Party>[],
  stored: readonly StoredRegistration[],
): Promise<void> {
  if (passed.length === 0) return;
  const seqs = new Map(stored.map(({ id, requestedSeq }) => [id, requestedSeq]));
  const counted = passed.map(({ passes, ...of }) => ({
    ...of,
    passes: passes.map(({ by, until }) => ({
      seq: seqs.get(by.id) ?? 0,
      until: until?.requestedSeq ?? TAIL,
    })),
  }));
  await countPasses(tx, eventId, counted);
}

/** A new registration is the last of its type. The position of others is read when it is asked. */
function positionOf({ before, after }: Move, seating: Seating) {
  if (after.status !== "WAITLISTED") return { waitlistPosition: null };
  if (before) return {};
  return { waitlistPosition: waitingFor(seating, typeIn(seating.types, after)) };
}

function withSeq(
  before: StoredRegistration | null,
  after: StoredRegistration,
  seq: number,
): StoredRegistration {
  const confirmedSeq =
    after.status === "CONFIRMED" ? (after.confirmedSeq ?? seq) : after.confirmedSeq;
  const requestedSeq = before ? after.requestedSeq : seq;
  return { ...after, requestedSeq, confirmedSeq, changedSeq: seq };
}
