// Who gets a seat, who waits and who moves up. Pure: the caller has locked the event's stream and
// read the arguments behind the lock.

export interface EventSeats {
  readonly endsAt: Date;
  readonly capacity: number;
  readonly seatsTaken: number;
  /** The seats that live offers hold. */
  readonly seatsOffered: number;
  readonly hasWaitlist: boolean;
  readonly waitlistLength: number;
}

/** The viewer's registrations for this event that matter for a new one. */
export interface EarlierRegistrations<Registration> {
  /** The one that is not cancelled. */
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
  | { readonly kind: "notAdmitted" | "closed" }
  | { readonly kind: "partyTooLarge"; readonly capacity: number }
  | { readonly kind: "full"; readonly capacity: number; readonly seatsLeft: number }
  | { readonly kind: "confirmed" }
  | { readonly kind: "waitlisted"; readonly waitlistPosition: number };

/** The seats that are free; 0 when more are taken than exist. */
export function freeSeats(
  event: Pick<EventSeats, "capacity" | "seatsTaken" | "seatsOffered">,
): number {
  return Math.max(0, event.capacity - event.seatsTaken - event.seatsOffered);
}

/**
 * Judges a request for `partySize` seats. While anyone is on the waitlist, a new request goes
 * behind them, even when its party would fit.
 */
export function judgeRegistration<Registration>(
  event: EventSeats,
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
  if (earlier.isAbandoned) return { kind: "closed" };
  const { capacity, waitlistLength } = event;
  if (request.partySize > capacity) return { kind: "partyTooLarge", capacity };
  const seatsLeft = freeSeats(event);
  if (request.partySize <= seatsLeft && waitlistLength === 0) return { kind: "confirmed" };
  if (!event.hasWaitlist) return { kind: "full", capacity, seatsLeft };
  return { kind: "waitlisted", waitlistPosition: waitlistLength + 1 };
}

/**
 * The registrations at the head of the waitlist that move up into `seatsLeft` seats. The order is
 * strict: when the first party does not fit, a smaller one behind it waits too.
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
