// Who gets a seat, who waits, who moves up. Pure: the caller has locked the event's stream and read
// what it passes.

export interface EventSeats {
  readonly endsAt: Date;
  readonly capacity: number;
  readonly seatsTaken: number;
  readonly hasWaitlist: boolean;
  readonly waitlistLength: number;
}

/** The viewer's registrations for this event that bear on a new one. */
export interface Earlier<Registration> {
  /** The one that is not cancelled. */
  readonly standing: Registration | null;
  /** The one made with the same idempotency key. */
  readonly sameKey: (Registration & { readonly requestHash: string }) | null;
  /** The organizer took an earlier one away, or blocks the person. */
  readonly isBarred: boolean;
}

export type RegisterVerdict<Registration> =
  | { readonly kind: "replayed"; readonly registration: Registration }
  | { readonly kind: "idempotencyConflict" }
  | { readonly kind: "alreadyRegistered"; readonly registration: Registration }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "notAdmitted" }
  | { readonly kind: "partyTooLarge"; readonly capacity: number }
  | { readonly kind: "full"; readonly capacity: number; readonly seatsLeft: number }
  | { readonly kind: "confirmed" }
  | { readonly kind: "waitlisted"; readonly waitlistPosition: number };

/**
 * Judges a request for `partySize` seats. Whoever waits goes first: a newcomer is not seated past
 * the waitlist, even when a small party would fit.
 */
export function judgeRegistration<Registration>(
  event: EventSeats,
  earlier: Earlier<Registration>,
  request: { readonly partySize: number; readonly hash: string },
  now: Date,
): RegisterVerdict<Registration> {
  const { standing, sameKey } = earlier;
  if (sameKey) {
    if (sameKey.requestHash !== request.hash) return { kind: "idempotencyConflict" };
    return { kind: "replayed", registration: sameKey };
  }
  if (event.endsAt <= now) return { kind: "ended", endedAt: event.endsAt };
  if (standing) return { kind: "alreadyRegistered", registration: standing };
  if (earlier.isBarred) return { kind: "notAdmitted" };
  const { capacity, waitlistLength } = event;
  if (request.partySize > capacity) return { kind: "partyTooLarge", capacity };
  const seatsLeft = capacity - event.seatsTaken;
  if (request.partySize <= seatsLeft && waitlistLength === 0) return { kind: "confirmed" };
  if (!event.hasWaitlist) return { kind: "full", capacity, seatsLeft };
  return { kind: "waitlisted", waitlistPosition: waitlistLength + 1 };
}

/**
 * The registrations that move up from the head of the waitlist into `seatsLeft` seats. Strictly in
 * order: when the first party does not fit, a smaller one behind it waits too.
 */
export function promoted<Waiting extends { readonly partySize: number }>(
  waitlist: readonly Waiting[],
  seatsLeft: number,
): Waiting[] {
  const moving: Waiting[] = [];
  let left = seatsLeft;
  for (const waiting of waitlist) {
    if (waiting.partySize > left) break;
    left -= waiting.partySize;
    moving.push(waiting);
  }
  return moving;
}

export type Canceller = "ATTENDEE" | "ORGANIZER";

export type CancelVerdict =
  | { readonly kind: "cancelled" }
  | { readonly kind: "ended"; readonly endedAt: Date }
  | { readonly kind: "cancel"; readonly cancelledBy: Canceller };

/**
 * Judges a viewer's wish to give up a registration that they may see. Giving up twice changes
 * nothing.
 */
export function judgeCancellation(
  event: { readonly endsAt: Date },
  registration: { readonly attendeeId: string; readonly status: string },
  viewerId: string,
  now: Date,
): CancelVerdict {
  if (registration.status === "CANCELLED") return { kind: "cancelled" };
  if (event.endsAt <= now) return { kind: "ended", endedAt: event.endsAt };
  const cancelledBy = viewerId === registration.attendeeId ? "ATTENDEE" : "ORGANIZER";
  return { kind: "cancel", cancelledBy };
}
