// Whether parties without a registration get seats. Pure: no clock, no database.

export type WalkInVerdict<Stored> =
  | { readonly kind: "new" }
  | { readonly kind: "replayed"; readonly walkIn: Stored }
  | { readonly kind: "idempotencyConflict" }
  | { readonly kind: "full" };

interface Party {
  readonly partySize: number;
  readonly label: string;
  readonly ticketTypeId: string | null;
}

/** Judges a party; `known` is the one that a gate has sent with the same nonce before. */
export function judgeWalkIn<Stored extends Party>(
  party: Party,
  known: Stored | null,
  seatsLeft: number,
): WalkInVerdict<Stored> {
  if (known) {
    // Labels are emptied in time, so they do not tell; nor does a type that was deleted since.
    const isSameType = known.ticketTypeId === null || known.ticketTypeId === party.ticketTypeId;
    const isSame = known.partySize === party.partySize && isSameType;
    return isSame ? { kind: "replayed", walkIn: known } : { kind: "idempotencyConflict" };
  }
  return party.partySize <= seatsLeft ? { kind: "new" } : { kind: "full" };
}
