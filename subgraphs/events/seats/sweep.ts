// The one door to seats: every registration joins the list, which is swept in the transaction of
// each change that may free or add seats. Order and passing are decided in `passing.ts`.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "../database.ts";
import { seatsKept, takeBackCheckIns } from "../door/leaving.ts";
import type { EventRow } from "../planning/events/store.ts";
import { appendUpdates } from "./entries.ts";
import {
  freeSeats,
  type Giving,
  givingOf,
  isJoining,
  isOpen,
  type Move,
  offersEndAt,
  plus,
  tally,
} from "./moves.ts";
import { alikeSeats, decide } from "./passing.ts";
import { insertRegistration, type StoredRegistration } from "./registrations/store.ts";
import {
  countPasses,
  findAffected,
  findInOrder,
  findOverdue,
  moveCounters,
  type Party,
  readHead,
  storeStates,
} from "./store.ts";
import { enqueueSweeps } from "./sweep-jobs.ts";

/** How many registrations one sweep changes. A job goes on where it ends. */
const CHANGED_MAX = 200;

export interface Swept {
  /** The event, with its counters after the sweep. */
  readonly event: EventRow;
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
  const overdue = await findExpired(tx, event, moves, now);
  const settled = [...moves, ...overdue];
  const decision = await decideFor(tx, plus(event, tally(settled)), settled, now);
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
    .map((move) => finished(move, event, given.has(move.after.id) ? giving : null))
    .sort((one, other) => rank(one, given) - rank(other, given));
  const stored = await write(change, event, made, given.size > 0);
  if (decision.hasPassed) await countPasses(tx, event, seqsOf(stored, given));
  const isCut = decision.isCut || overdue.length === CHANGED_MAX;
  await enqueueSweeps(tx, event.id, stored, { isCut, now });
  return {
    event: plus(event, tally(made)),
    changed: new Map(stored.map((row) => [row.id, row])),
    refused: new Set(refused.map(({ after }) => after.id)),
  };
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
    ? await findAffected(change.tx, event, offersEndAt(event), CHANGED_MAX)
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

/** Decides who gets seats: of those who wait, and of those who join. */
async function decideFor(tx: Transaction, event: EventRow, settled: readonly Move[], now: Date) {
  const nobody = { given: [] as Party[], hasPassed: false, isCut: false };
  const seatsLeft = freeSeats(event);
  if (seatsLeft === 0 || event.waitlistLength === 0 || !isOpen(event, now)) return nobody;
  const onList = settled.filter(({ after }) => after.status === "WAITLISTED");
  const areOthers = event.waitlistLength > onList.length;
  const isClosed = givingOf(event, now).kind === "closed";
  // After the last offer nobody on the list moves, and nobody passes them.
  if (isClosed && (areOthers || !onList.every(isJoining))) return nobody;
  const without = settled.map(({ after }) => after.id);
  const head = areOthers ? await readHead(tx, event, { without, givenMax: CHANGED_MAX }) : [];
  const joining = onList.map((move) =>
    // Where nobody waits, a party that does not fit stands in nobody's way.
    event.hasWaitlist || !isJoining(move) ? move.after : { ...move.after, passes: -Infinity },
  );
  const list: Party[] = [...head, ...joining]
    .filter(({ partySize }) => partySize <= event.capacity)
    .sort((one, other) => one.requestedSeq - other.requestedSeq);
  const limits = { passesMax: event.passesMax, givenMax: CHANGED_MAX };
  return decide(list, alikeSeats(seatsLeft), limits);
}

/** People who have just asked, or are approved, get seats at once; others maybe by an offer. */
function finished(move: Move, event: EventRow, giving: Giving | null): Move {
  const { after } = move;
  const isTooLarge = after.status === "WAITLISTED" && after.partySize > event.capacity;
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
  event: EventRow,
  moves: readonly Move[],
  givesSeats: boolean,
): Promise<StoredRegistration[]> {
  const { tx } = change;
  if (moves.length === 0) return [];
  const by = tally(moves);
  if (Object.values(by).some((each) => each !== 0)) {
    await moveCounters(tx, event.id, by, givesSeats || by.seatsTaken + by.seatsOffered > 0);
  }
  await takeBackCheckIns(tx, event.id, moves);
  const tail = event.waitlistLength + by.waitlistLength;
  const seqs = await appendUpdates(
    change,
    event.id,
    moves.map(({ before, after }) => ({ ...after, ...positionOf(before, after, tail) })),
  );
  const stored = moves.map(({ before, after }, at) => withSeq(before, after, seqs[at] ?? 0));
  const isNew = (_row: StoredRegistration, at: number) => moves[at]?.before === null;
  await storeStates(
    tx,
    stored.filter((row, at) => !isNew(row, at)),
  );
  for (const row of stored.filter(isNew)) await insertRegistration(tx, row);
  return stored;
}

/** A new registration is the last of the list. The position of others is read when it is asked. */
function positionOf(before: StoredRegistration | null, after: StoredRegistration, tail: number) {
  if (after.status !== "WAITLISTED") return { waitlistPosition: null };
  return before ? {} : { waitlistPosition: tail };
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

function seqsOf(stored: readonly StoredRegistration[], ids: ReadonlySet<string>): number[] {
  return stored.filter(({ id }) => ids.has(id)).map(({ requestedSeq }) => requestedSeq);
}
