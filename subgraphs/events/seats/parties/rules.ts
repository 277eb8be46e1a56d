// Whether a party may change its size. Pure: the caller reads the arguments behind the lock.
import type { PartyTooLarge, RequestedEvent } from "../registrations/rules.ts";

interface Sized {
  readonly status: string;
  readonly partySize: number;
}

interface Seats {
  readonly seatsLeft: number;
  readonly waitlistLength: number;
}

export type PartyVerdict =
  | { readonly kind: "unchanged" }
  | { readonly kind: "changed" }
  | { readonly kind: "wrongStatus" }
  | ({ readonly kind: "notEnough" } & Seats)
  | PartyTooLarge
  | { readonly kind: "ended"; readonly endedAt: Date };

const HOLDING: readonly string[] = ["CONFIRMED", "OFFERED"];
const CHANGEABLE: readonly string[] = [...HOLDING, "WAITLISTED", "PENDING_APPROVAL"];

/** Judges a new size of a party. One that has come, or has ended, keeps its size. */
export function judgePartySize(
  event: RequestedEvent & Seats & { readonly status: string },
  { status, partySize: former }: Sized,
  partySize: number,
  now: Date,
): PartyVerdict {
  if (!CHANGEABLE.includes(status)) return { kind: "wrongStatus" };
  if (event.endsAt <= now || event.status === "CANCELLED") {
    return { kind: "ended", endedAt: event.endsAt };
  }
  if (partySize === former) return { kind: "unchanged" };
  if (partySize < former) return { kind: "changed" };
  const { capacity, partySizeMax, seatsLeft, waitlistLength } = event;
  if (partySize > Math.min(capacity, partySizeMax)) {
    return { kind: "partyTooLarge", capacity, partySizeMax };
  }
  if (!HOLDING.includes(status)) return { kind: "changed" };
  const isFree = partySize - former <= seatsLeft && waitlistLength === 0;
  return isFree ? { kind: "changed" } : { kind: "notEnough", seatsLeft, waitlistLength };
}
