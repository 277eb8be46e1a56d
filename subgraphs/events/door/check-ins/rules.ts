// Who is let in at the door. Pure: the caller has locked the event's stream and read the arguments
// behind the lock.

/** The states that a registration with seats can be in. */
const SEATED: readonly string[] = ["CONFIRMED", "CHECKED_IN", "NO_SHOW"];

export type TicketFault = "FORGED" | "OTHER_EVENT" | "REPLACED";

/** The facts about a scanned code. */
export interface ScannedTicket {
  /** The event that it was signed for: this one, another one, or none. */
  readonly signedFor: "THIS_EVENT" | "OTHER_EVENT" | null;
  readonly seat: number;
  readonly ticketVersion: number;
}

export interface SeatedParty {
  readonly status: string;
  readonly partySize: number;
  readonly ticketVersion: number;
}

export type TicketVerdict<Party> =
  | { readonly kind: "valid"; readonly party: Party }
  | { readonly kind: "notValid"; readonly fault: TicketFault }
  | { readonly kind: "notSeated"; readonly party: Party };

/** Judges a ticket by the registration that it names. */
export function judgeTicket<Party extends SeatedParty>(
  ticket: ScannedTicket | null,
  party: Party | null,
): TicketVerdict<Party> {
  if (ticket?.signedFor === "OTHER_EVENT") return { kind: "notValid", fault: "OTHER_EVENT" };
  if (!party || ticket?.signedFor !== "THIS_EVENT") return { kind: "notValid", fault: "FORGED" };
  if (!SEATED.includes(party.status)) return { kind: "notSeated", party };
  const isCurrent = ticket.ticketVersion === party.ticketVersion && ticket.seat <= party.partySize;
  return isCurrent ? { kind: "valid", party } : { kind: "notValid", fault: "REPLACED" };
}

/** A scan of a seat that counts: it is not undone. */
export interface SeatScan {
  readonly scannedAt: Date;
  readonly nonce: string;
}

/**
 * The scan of a seat that let somebody in: the earliest, whatever the order in which gates reported
 * them. The others are conflicts. Null when there is none.
 */
export function firstScan<Scan extends SeatScan>(scans: readonly Scan[]): Scan | null {
  return scans.reduce<Scan | null>(
    (first, scan) => (first === null || isBefore(scan, first) ? scan : first),
    null,
  );
}

function isBefore(scan: SeatScan, other: SeatScan): boolean {
  const byTime = scan.scannedAt.getTime() - other.scannedAt.getTime();
  return byTime === 0 ? scan.nonce < other.nonce : byTime < 0;
}

/** The state of a registration with seats, by those of its people who have come. */
export function statusOf(
  checkedInSeats: readonly number[],
  noShowsAt: Date | null,
): "CHECKED_IN" | "CONFIRMED" | "NO_SHOW" {
  if (checkedInSeats.length > 0) return "CHECKED_IN";
  return noShowsAt === null ? "CONFIRMED" : "NO_SHOW";
}
