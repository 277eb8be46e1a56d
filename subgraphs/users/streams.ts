// The names of this subgraph's streams.

/** A person's own stream: entries for that person only. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}
