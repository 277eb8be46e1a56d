// Entries of streams as events of the graph, with ids and positions only. Resolvers load the rest
// when an event is delivered.
import type { Entry } from "#kit/live/streams";
import { conversationEntryOf } from "./entries.ts";
import { ownEntryOf } from "./own-entries.ts";
import { conversationOfStream, conversationStream } from "./streams.ts";

const MESSAGE_EVENTS = {
  messageSent: "MessageSent",
  messageEdited: "MessageEdited",
  messageDeleted: "MessageDeleted",
  attachmentSettled: "AttachmentSettled",
} as const;

/** The event of an entry of a conversation's stream. */
export function conversationEventOf(conversationId: string, entry: Entry) {
  const { type, payload } = conversationEntryOf(entry);
  const shared = { ...entryFields(entry), conversationId, actorId: payload.actorId ?? null };
  switch (type) {
    case "membersChanged": {
      const { added, removed, newOwnerId } = payload;
      const people = { addedUserIds: added, removedUserIds: removed, newOwnerId };
      return { __typename: "MembersChanged" as const, ...shared, ...people };
    }
    case "conversationChanged":
      return {
        __typename: "ConversationChanged" as const,
        ...shared,
        changedFields: payload.fields,
      };
    case "roleChanged":
      return { __typename: "RoleChanged" as const, ...shared, changes: payload.changes };
    case "reactionChanged": {
      const { messageId, emoji = null, isAdded = null } = payload;
      return { __typename: "ReactionChanged" as const, ...shared, messageId, emoji, isAdded };
    }
    case "pinChanged": {
      const { messageId, isPinned = null } = payload;
      return { __typename: "PinChanged" as const, ...shared, messageId, isPinned };
    }
    default:
      return { __typename: MESSAGE_EVENTS[type], ...shared, messageId: payload.messageId };
  }
}

/** The event of an entry of a person's own stream. */
function ownEventOf(entry: Entry) {
  const { type, payload } = ownEntryOf(entry);
  const shared = { ...entryFields(entry), conversationId: payload.conversationId };
  switch (type) {
    case "read":
      return { __typename: "ConversationRead" as const, ...shared, readSeq: payload.seq };
    case "threadRead": {
      const { threadRootId, seq: readSeq } = payload;
      return { __typename: "ThreadRead" as const, ...shared, threadRootId, readSeq };
    }
    case "threadFollowed": {
      const { threadRootId, isFollowing } = payload;
      return { __typename: "ThreadFollowed" as const, ...shared, threadRootId, isFollowing };
    }
    case "requestChanged":
      return { __typename: "MessageRequestChanged" as const, ...shared, isOpen: payload.isOpen };
    case "settingsChanged":
      return { __typename: "ConversationSettingsChanged" as const, ...shared };
    case "draftChanged":
      return { __typename: "DraftChanged" as const, ...shared };
    case "messageHidden":
      return { __typename: "MessageHidden" as const, ...shared, messageSeq: payload.seq };
    case "historyCleared":
      return { __typename: "HistoryCleared" as const, ...shared, clearedSeq: payload.seq };
    case "conversationRemoved":
      return { __typename: "ConversationRemoved" as const, ...shared };
    case "conversationAdded": {
      const { conversationId, joinedSeq: seq } = payload;
      const position = { streamId: conversationStream(conversationId), seq };
      return { __typename: "ConversationAdded" as const, ...shared, position };
    }
  }
}

/** The event of an entry of either kind of stream. */
export function inboxEventOf(entry: Entry) {
  const conversationId = conversationOfStream(entry.streamId);
  return conversationId === null ? ownEventOf(entry) : conversationEventOf(conversationId, entry);
}

function entryFields({ streamId, seq, prevSeq, createdAt }: Entry) {
  return { streamId, seq, prevSeq, createdAt };
}
