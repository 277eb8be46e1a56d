// The names of this subgraph's streams.

/** A person's own stream: what concerns them alone. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}
