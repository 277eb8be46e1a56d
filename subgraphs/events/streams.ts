// The names of this subgraph's streams. They sort as `event:`, `hosts:`, `person:`: this is the
// order of locking.

const EVENT = "event:";

export function eventStream(eventId: string): string {
  return EVENT + eventId;
}

/** The event of a stream; null for any other stream, or none. */
export function eventOfStream(streamId: string | null): string | null {
  return streamId?.startsWith(EVENT) ? streamId.slice(EVENT.length) : null;
}

/** An event's hosts who lost their access to its stream: for the audience, which it revokes. */
export function hostsStream(eventId: string): string {
  return `hosts:${eventId}`;
}

/** The same for one host: for the host's own stream, which it ends. */
export function hostStream(eventId: string, personId: string): string {
  return `${hostsStream(eventId)}:${personId}`;
}

/** A person's own stream: entries for that person only. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}
