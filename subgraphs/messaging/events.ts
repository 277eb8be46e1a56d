// Entries of the streams as events of the graph: what is in them, and where they stand. What they
// are about is loaded when the event is delivered.
import type { Entry } from "#kit/logs";
import { conversationEntryOf, ownEntryOf } from "./entries.ts";
import { conversationOfStream } from "./streams.ts";

const MESSAGE_EVENTS = {
  messageSent: "MessageSent",
  messageEdited: "MessageEdited",
  messageDeleted: "MessageDeleted",
  pinChanged: "PinChanged",
} as const;

/** The event that an entry of a conversation's stream is. */
export function conversationEventOf(conversationId: string, entry: Entry) {
  const { type, payload } = conversationEntryOf(entry);
  const place = { ...placeOf(entry), conversationId, actorId: payload.actorId ?? null };
  switch (type) {
    case "membersChanged": {
      const { added, removed, newOwnerId } = payload;
      const people = { addedUserIds: added, removedUserIds: removed, newOwnerId };
      return { __typename: "MembersChanged" as const, ...place, ...people };
    }
    case "reactionChanged": {
      const { messageId, emoji = null, isAdded = null } = payload;
      return { __typename: "ReactionChanged" as const, ...place, messageId, emoji, isAdded };
    }
    default:
      return { __typename: MESSAGE_EVENTS[type], ...place, messageId: payload.messageId };
  }
}

const LIST_EVENTS = {
  conversationAdded: "ConversationAdded",
  conversationRemoved: "ConversationRemoved",
} as const;

/** The event that an entry of a person's own stream is. */
function ownEventOf(entry: Entry) {
  const { type, payload } = ownEntryOf(entry);
  const place = { ...placeOf(entry), conversationId: payload.conversationId };
  if (type !== "read") return { __typename: LIST_EVENTS[type], ...place };
  return { __typename: "ConversationRead" as const, ...place, readSeq: payload.seq };
}

/** The event that an entry of either is. */
export function inboxEventOf(entry: Entry) {
  const conversationId = conversationOfStream(entry.streamId);
  return conversationId === null ? ownEventOf(entry) : conversationEventOf(conversationId, entry);
}

function placeOf({ streamId, seq, prevSeq, createdAt }: Entry) {
  return { streamId, seq, prevSeq, createdAt };
}
