// The seats of an event and of its ticket types: how many are free for each type, and how large a
// party may be. Pure: no clock, no database.

/** An event, as far as it decides how many seats are free. */
export interface SeatedEvent {
  readonly capacity: number;
  readonly seatsTaken: number;
  readonly seatsOffered: number;
  /** The free seats that reserved types keep for themselves. */
  readonly seatsSetAside: number;
}

/** A ticket type, as far as it decides how many seats are free. */
export interface SeatedType {
  /** Null when only the event limits it. */
  readonly quota: number | null;
  /** Whether its quota is set aside for it alone. */
  readonly isReserved: boolean;
  readonly seatsTaken: number;
  readonly seatsOffered: number;
}

/** The seats of an event that are for all types that are not reserved; negative when it is over. */
export function sharedSeats(event: SeatedEvent): number {
  return event.capacity - event.seatsTaken - event.seatsOffered - event.seatsSetAside;
}

/** The rest of a type's quota; negative when more are taken, infinite without a quota. */
export function quotaLeft({ quota, seatsTaken, seatsOffered }: SeatedType): number {
  return quota === null ? Number.POSITIVE_INFINITY : quota - seatsTaken - seatsOffered;
}

/** The free seats that a type keeps for itself. */
function setAside(type: SeatedType): number {
  return type.isReserved ? Math.max(0, quotaLeft(type)) : 0;
}

/** The seats that types of an event keep for themselves. */
export function setAsideBy(types: readonly SeatedType[]): number {
  return types.reduce((sum, type) => sum + setAside(type), 0);
}

/**
 * The seats that are free for a type, or without one for null: of its quota, and of the event
 * without what others keep. 0 when more are taken than exist.
 */
export function freeSeats(event: SeatedEvent, type: SeatedType | null = null): number {
  const shared = sharedSeats(event);
  if (type === null) return Math.max(0, shared);
  return Math.max(0, Math.min(quotaLeft(type), shared + setAside(type)));
}

/** The largest party that could ever get seats of a type: with nobody else at the event. */
export function seatsMax(
  { capacity }: Pick<SeatedEvent, "capacity">,
  type: SeatedType | null,
  types: readonly SeatedType[],
): number {
  const others = types.filter((each) => each.isReserved && each !== type);
  const kept = others.reduce((sum, { quota }) => sum + (quota ?? 0), 0);
  return Math.max(0, Math.min(type?.quota ?? Number.POSITIVE_INFINITY, capacity - kept));
}
