// The facts that tell a person of a change of their registration or its event, for the centre of
// notices, which decides how and when. Pure.
import type { Fact } from "#kit/facts/outbox";
import { type NoticeState, noticeFact } from "../integration.ts";
import type { EventRow } from "../planning/events/store.ts";
import type { Move } from "./moves.ts";
import type { StoredRegistration } from "./registrations/store.ts";

type Told = Pick<NoticeState, "kind" | "offerExpiresAt">;

const told = (kind: Told["kind"]): Told => ({ kind, offerExpiresAt: null });

/** Null for a change of which its person needs no notice: their own, and those at the door. */
export function noticeOf({ before, after }: Move): Told | null {
  if (before?.status === after.status) return null;
  switch (after.status) {
    case "CONFIRMED":
      if (before?.status === "WAITLISTED") return told("SEAT_GIVEN");
      // A check-in that was taken back.
      return isSeated(before) ? null : told("REGISTRATION_CONFIRMED");
    case "WAITLISTED":
      return told("REGISTRATION_WAITLISTED");
    case "OFFERED":
      return { kind: "SEAT_OFFERED", offerExpiresAt: after.offerExpiresAt };
    case "EXPIRED":
      return told("OFFER_EXPIRED");
    case "DECLINED":
      return told("REGISTRATION_DECLINED");
    case "CANCELLED":
      return after.cancelledBy === "ORGANIZER" ? told("REGISTRATION_CANCELLED") : null;
    default:
      return null;
  }
}

function isSeated(row: StoredRegistration | null): boolean {
  return row?.status === "CHECKED_IN" || row?.status === "NO_SHOW";
}

type Noticed = Pick<EventRow, "id" | "title" | "startsAt" | "timeZone">;

/**
 * The facts of moves that are stored, with the seqs of their entries. None of a draft: its title is
 * for those who edit it, and they are who may register.
 */
export function noticesOfMoves(
  event: Noticed & Pick<EventRow, "status">,
  moves: readonly Move[],
  seqs: readonly number[],
): Fact[] {
  if (event.status === "DRAFT") return [];
  return moves.flatMap((move, at) => {
    const notice = noticeOf(move);
    return notice ? [noticeFact(event, move.after, seqs[at] ?? 0, notice)] : [];
  });
}

/** The facts of a change of the event, for people with registrations. */
export function noticesOfChange(
  event: Noticed,
  registrations: readonly Pick<StoredRegistration, "id" | "attendeeId">[],
  seq: number,
  changes: readonly string[],
): Fact[] {
  const kind = changes.includes("CANCELLED") ? "EVENT_CANCELLED" : "EVENT_CHANGED";
  return registrations.map((row) => noticeFact(event, row, seq, told(kind)));
}
