// Judges new hosts, and whose access ends. Pure: the caller has locked the event's stream.

export const HOSTS_MAX = 20;

interface Candidate {
  /** They have an account that is in use. */
  readonly isKnown: boolean;
  /** One of them and the organizer blocks the other. */
  readonly isBlocked: boolean;
}

export type AddVerdict =
  | { readonly kind: "add" }
  | { readonly kind: "unavailable" }
  | { readonly kind: "tooMany"; readonly hostsMax: number };

/** Judges a person who shall be a host of an event. */
export function judgeHost(
  event: { readonly organizerId: string },
  personId: string,
  candidate: Candidate,
  hostIds: readonly string[],
): AddVerdict {
  if (personId === event.organizerId) return { kind: "unavailable" };
  if (!candidate.isKnown || candidate.isBlocked) return { kind: "unavailable" };
  const isFull = hostIds.length >= HOSTS_MAX && !hostIds.includes(personId);
  return isFull ? { kind: "tooMany", hostsMax: HOSTS_MAX } : { kind: "add" };
}

/** True when a host who had `before` may no longer watch registrations with `after`. */
export function endsWatching(
  before: readonly string[] | null,
  after: readonly string[] | null,
): boolean {
  return (before?.includes("SEE_PEOPLE") ?? false) && !after?.includes("SEE_PEOPLE");
}
