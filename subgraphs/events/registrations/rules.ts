// Who gets a seat, who waits, who moves up. Pure: the caller has locked the event's stream and read what it passes.

export interface EventSeats {
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
}

export type RegisterVerdict<Registration> =
  | { readonly kind: "replayed"; readonly registration: Registration }
  | { readonly kind: "idempotencyConflict" }
  | { readonly kind: "alreadyRegistered"; readonly registration: Registration }
  | { readonly kind: "partyTooLarge"; readonly capacity: number }
  | { readonly kind: "full"; readonly capacity: number; readonly seatsLeft: number }
  | { readonly kind: "confirmed" }
  | { readonly kind: "waitlisted"; readonly waitlistPosition: number };

/**
 * Judges a request for `partySize` seats. Whoever waits goes first: a newcomer is not seated past the waitlist,
 * even when a small party would fit.
 */
export function judgeRegistration<Registration>(
  event: EventSeats,
  earlier: Earlier<Registration>,
  request: { readonly partySize: number; readonly hash: string },
): RegisterVerdict<Registration> {
  const { standing, sameKey } = earlier;
  if (sameKey) {
    if (sameKey.requestHash !== request.hash) return { kind: "idempotencyConflict" };
    return { kind: "replayed", registration: sameKey };
  }
  if (standing) return { kind: "alreadyRegistered", registration: standing };
  const { capacity, waitlistLength } = event;
  if (request.partySize > capacity) return { kind: "partyTooLarge", capacity };
  const seatsLeft = capacity - event.seatsTaken;
  if (request.partySize <= seatsLeft && waitlistLength === 0) return { kind: "confirmed" };
  if (!event.hasWaitlist) return { kind: "full", capacity, seatsLeft };
  return { kind: "waitlisted", waitlistPosition: waitlistLength + 1 };
}

/**
 * The registrations that move up from the head of the waitlist into `seatsLeft` seats. Strictly in order: when the
 * first party does not fit, a smaller one behind it waits too.
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

/** In whose name a viewer may cancel a registration; null when it does not exist for them. */
export function cancellerOf(
  viewerId: string,
  attendeeId: string,
  canRunEvent: boolean,
): Canceller | null {
  if (viewerId === attendeeId) return "ATTENDEE";
  return canRunEvent ? "ORGANIZER" : null;
}
