// Whether tickets can be renewed. Pure: no clock, no database.

const VERSION_MAX = 65_535;
const TICKETED: readonly string[] = ["CONFIRMED", "CHECKED_IN"];

interface Party {
  readonly status: string;
  readonly ticketVersion: number;
}

/** The next version of a registration's tickets; null when they cannot be renewed. */
export function nextVersion(
  party: Party,
  event: { readonly status: string; readonly endsAt: Date },
  now: Date,
): number | null {
  const isHeld = event.status === "PUBLISHED" && event.endsAt > now;
  if (!isHeld || !TICKETED.includes(party.status)) return null;
  return party.ticketVersion < VERSION_MAX ? party.ticketVersion + 1 : null;
}
