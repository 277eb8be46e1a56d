// Whether parties without a registration get seats. Pure: no clock, no database.

export type WalkInVerdict<Stored, Full> =
  | { readonly kind: "new" }
  | { readonly kind: "replayed"; readonly walkIn: Stored }
  | { readonly kind: "idempotencyConflict" }
  | Full;

interface Party {
  readonly partySize: number;
  readonly label: string;
  readonly ticketTypeId: string | null;
}

/**
 * Judges a party. `known` is the one that a gate has sent with the same nonce before; `full` says
 * what has too few seats for it.
 */
export function judgeWalkIn<Stored extends Party, Full>(
  party: Party,
  known: Stored | null,
  full: Full | null,
): WalkInVerdict<Stored, Full> {
  if (known) {
    // Labels are emptied in time, so they do not tell; nor does a type that was deleted since.
    const isSameType = known.ticketTypeId === null || known.ticketTypeId === party.ticketTypeId;
    const isSame = known.partySize === party.partySize && isSameType;
    return isSame ? { kind: "replayed", walkIn: known } : { kind: "idempotencyConflict" };
  }
  return full ?? { kind: "new" };
}
