// When the door of an event is open, by the times at which people were let in.

const HOUR_MS = 3_600_000;
/** From this long before an event starts, until this long after it ends. */
const OPENS_BEFORE_MS = 12 * HOUR_MS;
export const CLOSES_AFTER_MS = 6 * HOUR_MS;

interface DoorOfEvent {
  readonly status: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The hours are null when the event is not held: it is a draft, or cancelled. */
export interface ClosedDoor {
  readonly kind: "closed";
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
}

export interface DoorAt {
  /** When the gate let somebody in. Its clock may be ahead: nothing was later than now. */
  readonly at: Date;
  /** Null when the door was open then. */
  readonly closed: ClosedDoor | null;
}

/** Whether the door was open at the time that a gate reports; null for now. */
export function closedAtDoor(event: DoorOfEvent, reported: Date | null, now: Date): DoorAt {
  const at = reported && reported < now ? reported : now;
  if (event.status !== "PUBLISHED") {
    return { at, closed: { kind: "closed", opensAt: null, closesAt: null } };
  }
  const opensAt = new Date(event.startsAt.getTime() - OPENS_BEFORE_MS);
  const closesAt = new Date(event.endsAt.getTime() + CLOSES_AFTER_MS);
  const isOpen = opensAt <= at && at <= closesAt;
  return { at, closed: isOpen ? null : { kind: "closed", opensAt, closesAt } };
}
