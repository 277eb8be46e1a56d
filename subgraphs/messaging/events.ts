// Entries of the streams as events of the graph: what is in them, and where they stand. What they
// are about is loaded when the event is delivered.
import type { Entry } from "#kit/live/streams";
import { conversationEntryOf, ownEntryOf } from "./entries.ts";
import { conversationOfStream, conversationStream } from "./streams.ts";

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

/** The event that an entry of a person's own stream is. */
function ownEventOf(entry: Entry) {
  const { type, payload } = ownEntryOf(entry);
  const place = { ...placeOf(entry), conversationId: payload.conversationId };
  switch (type) {
    case "read":
      return { __typename: "ConversationRead" as const, ...place, readSeq: payload.seq };
    case "conversationRemoved":
      return { __typename: "ConversationRemoved" as const, ...place };
    case "conversationAdded": {
      const { conversationId, joinedSeq: seq } = payload;
      const position = { streamId: conversationStream(conversationId), seq };
      return { __typename: "ConversationAdded" as const, ...place, position };
    }
  }
}

/** The event that an entry of either is. */
export function inboxEventOf(entry: Entry) {
  const conversationId = conversationOfStream(entry.streamId);
  return conversationId === null ? ownEventOf(entry) : conversationEventOf(conversationId, entry);
}

function placeOf({ streamId, seq, prevSeq, createdAt }: Entry) {
  return { streamId, seq, prevSeq, createdAt };
}
