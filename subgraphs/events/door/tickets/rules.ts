// Whose seats have tickets. Pure: no clock, no database.

const VERSION_MAX = 65_535;
const TICKETED: readonly string[] = ["CONFIRMED", "CHECKED_IN"];

interface Party {
  readonly attendeeId: string;
  readonly status: string;
  readonly partySize: number;
}

/** The seats for which a viewer has tickets: all of their own registration, while it has seats. */
export function ticketedSeats(party: Party, viewerId: string | undefined): number[] {
  if (party.attendeeId !== viewerId || !TICKETED.includes(party.status)) return [];
  return Array.from({ length: party.partySize }, (_, at) => at + 1);
}

/** The next version of a registration's tickets; null when they cannot be renewed. */
export function nextVersion(
  party: Party & { readonly ticketVersion: number },
  event: { readonly status: string; readonly endsAt: Date },
  now: Date,
): number | null {
  const isHeld = event.status === "PUBLISHED" && event.endsAt > now;
  if (!isHeld || !TICKETED.includes(party.status)) return null;
  return party.ticketVersion < VERSION_MAX ? party.ticketVersion + 1 : null;
}
