// The names of this subgraph's streams. `conversation:` sorts before `person:`, which is the order
// of locking. Ids are canonical: in another spelling a lock would hold nothing.

export function conversationStream(conversationId: string): string {
  return `conversation:${conversationId}`;
}

/** A person's own stream: what concerns them alone. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}
