// The names of this subgraph's streams. `block:` sorts before `conversation:`, and that before
// `person:`: this is the order of locking. Ids must be canonical, because another spelling would
// name another stream.

const CONVERSATION = "conversation:";

export function conversationStream(conversationId: string): string {
  return CONVERSATION + conversationId;
}

/** The blocks between two people, the lower id first. An entry ends their shared streams. */
export function blockStream(pairLow: string, pairHigh: string): string {
  return `block:${pairLow}:${pairHigh}`;
}

/** A person's own stream: entries for that person only. */
export function personStream(personId: string): string {
  return `person:${personId}`;
}

/** The conversation of a stream; null for any other stream. */
export function conversationOfStream(streamId: string): string | null {
  return streamId.startsWith(CONVERSATION) ? streamId.slice(CONVERSATION.length) : null;
}
