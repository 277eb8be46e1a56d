// Judges who may register, change and cancel. Pure: the caller has locked the event's stream and
// read the arguments behind the lock. Who gets a seat is decided in `passing.ts`.

/** An event, as far as it decides about a request. */
export interface RequestedEvent {
  readonly endsAt: Date;
  readonly capacity: number;
  readonly partySizeMax: number;
  readonly isApprovalRequired: boolean;
}

/** The viewer's registrations for this event that matter for a new one. */
export interface EarlierRegistrations<Registration> {
  /** The one that has not ended. */
  readonly active: Registration | null;
  /** The one with the same idempotency key. */
  readonly sameKey: (Registration & { readonly requestHash: string }) | null;
  /** The organizer cancelled an earlier one, or blocks the person. */
  readonly isBarred: boolean;
  /** The account of the event's organizer is erased. */
  readonly isAbandoned: boolean;
}

export type RegisterVerdict<Registration> =
  | { readonly kind: "replayed"; readonly registration: Registration }
  | { readonly kind: "idempotencyConflict" }
  | { readonly kind: "alreadyRegistered"; readonly registration: Registration }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "notAdmitted" }
  | { readonly kind: "closed"; readonly closedAt: null }
  | PartyTooLarge
  | { readonly kind: "admitted"; readonly status: "WAITLISTED" | "PENDING_APPROVAL" };

export interface PartyTooLarge {
  readonly kind: "partyTooLarge";
  readonly capacity: number;
  readonly partySizeMax: number;
}

/** Judges a request for seats: it joins the list, or asks for approval first, or is refused. */
export function judgeRegistration<Registration>(
  event: RequestedEvent,
  earlier: EarlierRegistrations<Registration>,
  request: { readonly partySize: number; readonly hash: string },
  now: Date,
): RegisterVerdict<Registration> {
  const { active, sameKey } = earlier;
  if (sameKey) {
    if (sameKey.requestHash !== request.hash) return { kind: "idempotencyConflict" };
    return { kind: "replayed", registration: sameKey };
  }
  if (event.endsAt <= now) return { kind: "ended", endedAt: event.endsAt };
  if (active) return { kind: "alreadyRegistered", registration: active };
  if (earlier.isBarred) return { kind: "notAdmitted" };
  if (earlier.isAbandoned) return { kind: "closed", closedAt: null };
  const status = event.isApprovalRequired ? "PENDING_APPROVAL" : "WAITLISTED";
  return tooLarge(event, request.partySize) ?? { kind: "admitted", status };
}

/** The refusal of a party that is larger than the event or than its largest party. */
function tooLarge(
  { capacity, partySizeMax }: Pick<RequestedEvent, "capacity" | "partySizeMax">,
  partySize: number,
): PartyTooLarge | null {
  if (partySize <= Math.min(capacity, partySizeMax)) return null;
  return { kind: "partyTooLarge", capacity, partySizeMax };
}

export type Canceller = "ATTENDEE" | "ORGANIZER";

export type CancelVerdict =
  | { readonly kind: "over" }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "cancel"; readonly cancelledBy: Canceller };

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

/**
 * Judges a cancellation by a viewer who may see the registration. One that has ended stays as it
 * is.
 */
export function judgeCancellation(
  event: { readonly endsAt: Date },
  registration: { readonly attendeeId: string; readonly status: string },
  viewerId: string,
  now: Date,
): CancelVerdict {
  if (ENDED.includes(registration.status)) return { kind: "over" };
  if (event.endsAt <= now) return { kind: "ended", endedAt: event.endsAt };
  const cancelledBy = viewerId === registration.attendeeId ? "ATTENDEE" : "ORGANIZER";
  return { kind: "cancel", cancelledBy };
}
