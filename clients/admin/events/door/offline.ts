// Judges a ticket without the network: by its signature, by what this gate has seen, and by the
// door list as this gate last read it. Pure.
import { madeAt, type Ticket } from "./ticket.ts";

/** A registration of the door list. */
export interface Party {
  readonly registrationId: string;
  readonly status: string;
  readonly partySize: number;
  readonly ticketVersion: number;
  readonly checkedInSeats: readonly number[];
  readonly name: string | null;
  readonly ticketTypeId?: string | null;
}

/** The door list as this gate knows it. */
export interface Snapshot {
  /** When it was last known to be complete, in milliseconds. */
  readonly readAt: number;
  readonly parties: ReadonlyMap<string, Party>;
}

/** A scan of this gate that is not taken back. */
export interface SeenScan {
  readonly registrationId: string;
  readonly seat: number;
  readonly scannedAt: string;
  readonly gate: string;
}

export type OfflineVerdict =
  | {
      readonly kind: "in";
      readonly party: Party | null;
      /** The signature could not be checked here; the list knows the registration. */
      readonly isUnverified: boolean;
    }
  | { readonly kind: "already"; readonly party: Party | null; readonly scan: SeenScan | null }
  | { readonly kind: "notValid"; readonly fault: "FORGED" | "REPLACED" }
  | { readonly kind: "notSeated"; readonly party: Party | null };

const SEATED = ["CONFIRMED", "CHECKED_IN", "NO_SHOW"];

export function judgeOffline(
  ticket: Ticket | null,
  isGenuine: boolean | null,
  snapshot: Snapshot,
  seen: readonly SeenScan[],
): OfflineVerdict {
  if (!ticket || isGenuine === false) return { kind: "notValid", fault: "FORGED" };
  const { registrationId, seat } = ticket;
  const party = snapshot.parties.get(registrationId) ?? null;
  const scan = seen.find((each) => each.registrationId === registrationId && each.seat === seat);
  if (scan) return { kind: "already", party, scan };
  if (!party) {
    // A registration that is younger than the list is let in by its signature alone.
    const isYounger = isGenuine === true && madeAt(ticket) > snapshot.readAt;
    return isYounger
      ? { kind: "in", party: null, isUnverified: false }
      : { kind: "notSeated", party: null };
  }
  if (!SEATED.includes(party.status)) return { kind: "notSeated", party };
  if (party.checkedInSeats.includes(seat)) return { kind: "already", party, scan: null };
  const isCurrent = ticket.ticketVersion === party.ticketVersion && seat <= party.partySize;
  return isCurrent
    ? { kind: "in", party, isUnverified: isGenuine === null }
    : { kind: "notValid", fault: "REPLACED" };
}
