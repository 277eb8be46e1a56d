// The names of this subgraph's streams. `block:` sorts before `conversation:`, and that before
// `person:`, which is the order of locking. Ids are canonical: in another spelling a lock would
// hold nothing.

const CONVERSATION = "conversation:";

export function conversationStream(conversationId: string): string {
  return CONVERSATION + conversationId;
}

/**
 * What was told of blocks between two people, the lower id first. Nobody watches it: it ends what
 * they watch together.
 */
export function blockStream(pairLow: string, pairHigh: string): string {
  return `block:${pairLow}:${pairHigh}`;
}

/** A person's own stream: what concerns them alone. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}

/** The conversation whose stream this is; null for a person's own. */
export function conversationOfStream(streamId: string): string | null {
  return streamId.startsWith(CONVERSATION) ? streamId.slice(CONVERSATION.length) : null;
}
