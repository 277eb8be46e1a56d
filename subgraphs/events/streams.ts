// The names of this subgraph's streams. `event:` sorts before `person:`, which is the order of
// locking.

const EVENT = "event:";

export function eventStream(eventId: string): string {
  return EVENT + eventId;
}

/** The event whose stream this is; null for any other, or none. */
export function eventOfStream(streamId: string | null): string | null {
  return streamId?.startsWith(EVENT) ? streamId.slice(EVENT.length) : null;
}

/** A person's own stream: what concerns them alone. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}
