// The names of this subgraph's streams. `event:` sorts before `person:`: this is the order of
// locking.

const EVENT = "event:";

export function eventStream(eventId: string): string {
  return EVENT + eventId;
}

/** The event of a stream; null for any other stream, or none. */
export function eventOfStream(streamId: string | null): string | null {
  return streamId?.startsWith(EVENT) ? streamId.slice(EVENT.length) : null;
}

/** A person's own stream: entries for that person only. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}
