// The names of this subgraph's streams. `event:` sorts before `person:`, which is the order of
// locking.

export function eventStream(eventId: string): string {
  return `event:${eventId}`;
}

/** A person's own stream: what concerns them alone. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}
