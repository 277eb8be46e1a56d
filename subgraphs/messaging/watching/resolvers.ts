// The log of a conversation in the graph: entries to events. What a message says is read when its
// event is delivered, so that a deleted text is not served from the past.
import { notFound } from "#kit/errors";
import { mapIterator } from "#kit/iterators";
import type { Entry } from "#kit/logs";
import { idOf } from "../arguments.ts";
import type { Context } from "../context.ts";
import { conversationEntryOf } from "../entries.ts";
import type { WatchingResolvers } from "../generated/resolvers.ts";
import { watchConversation } from "./actions.ts";

export const resolvers: WatchingResolvers = {
  Subscription: {
    conversationEvents: {
      async subscribe(_root, { conversationId, after }, context) {
        const id = idOf("conversation", "conversationId", conversationId);
        const entries = await watchConversation(context, id, after);
        if (!entries) throw notFound("conversation", "conversationId", conversationId);
        return mapIterator(entries, (entry) => ({ conversationEvents: eventOf(id, entry) }));
      },
    },
  },

  MessageSent: { message: messageOf },
  MessageEdited: { message: messageOf },
  MessageDeleted: { message: messageOf },
  ReactionChanged: { message: messageOf },
};

const TYPES = {
  messageSent: "MessageSent",
  messageEdited: "MessageEdited",
  messageDeleted: "MessageDeleted",
  reactionChanged: "ReactionChanged",
} as const;

function eventOf(conversationId: string, entry: Entry) {
  const { seq, prevSeq, createdAt } = entry;
  const place = { conversationId, seq, prevSeq, createdAt };
  const { type, payload } = conversationEntryOf(entry);
  if (type !== "membersChanged") {
    return { __typename: TYPES[type], ...place, messageId: payload.messageId };
  }
  const { added, removed, newOwnerId } = payload;
  return {
    __typename: "MembersChanged" as const,
    ...place,
    addedUserIds: added,
    removedUserIds: removed,
    newOwnerId,
  };
}

function messageOf(event: { readonly messageId: string }, _args: unknown, context: Context) {
  return context.loaders.message.load(event.messageId);
}
