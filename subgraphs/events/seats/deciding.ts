// Reads as much of an event's list as decides who gets seats, and has it decided.
import type { Transaction } from "../database.ts";
import { freeSeats, quotaLeft, sharedSeats } from "../seating.ts";
import { givingOf, isJoining, isOpen, type Move, type Seating, seatsMaxOf } from "./moves.ts";
import { type Decision, decide, seatsByType } from "./passing.ts";
import { type Party, readHead } from "./store.ts";

/**
 * Decides who gets seats: of those who wait, and of those who join by the settled moves. `seating`
 * is that after these moves.
 */
export async function decideFor(
  tx: Transaction,
  seating: Seating,
  settled: readonly Move[],
  { now, givenMax }: { readonly now: Date; readonly givenMax: number },
): Promise<Decision<Party>> {
  const nobody = { given: [], passed: [], isCut: false };
  const { event, types } = seating;
  const isFull = [null, ...types].every((type) => freeSeats(event, type) === 0);
  if (isFull || event.waitlistLength === 0 || !isOpen(event, now)) return nobody;
  const onList = settled.filter(({ after }) => after.status === "WAITLISTED");
  const areOthers = event.waitlistLength > onList.length;
  const isClosed = givingOf(event, now).kind === "closed";
  // After the last offer nobody on the list moves, and nobody passes them.
  if (isClosed && (areOthers || !onList.every(isJoining))) return nobody;
  const without = settled.map(({ after }) => after.id);
  const head = areOthers ? await readHead(tx, seating, { without, givenMax }) : [];
  const joining = onList.map((move) =>
    // Where nobody waits, a party that does not fit stands in nobody's way.
    event.hasWaitlist || !isJoining(move) ? move.after : { ...move.after, passes: -Infinity },
  );
  const list: Party[] = [...head, ...joining]
    .filter((party) => party.partySize <= seatsMaxOf(seating, party))
    .sort((one, other) => one.requestedSeq - other.requestedSeq);
  const quotas = types.map((type) => [type.id, { ...type, quotaLeft: quotaLeft(type) }] as const);
  const free = seatsByType(sharedSeats(event), new Map(quotas));
  return decide(list, free, { passesMax: event.passesMax, givenMax });
}
