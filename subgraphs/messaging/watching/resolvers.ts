// Resolvers of a conversation's log. Messages are loaded when an event is delivered, so that a
// replay does not show deleted text.
import { notFound } from "#kit/errors";
import { shareableEvents } from "#kit/live/shared/sharing";
import { idOf } from "../arguments.ts";
import type { Context } from "../context.ts";
import { conversationEventOf } from "../events.ts";
import type { WatchingResolvers } from "../generated/resolvers.ts";
import { actorOf, userOf } from "../users.ts";
import { watchConversation } from "./actions.ts";

export const resolvers: WatchingResolvers = {
  Subscription: {
    conversationEvents: {
      async subscribe(_root, { conversationId, after }, context) {
        const id = idOf("conversation", "conversationId", conversationId);
        const watched = await watchConversation(context, id, after);
        if (!watched) throw notFound("conversation", "conversationId", conversationId);
        return shareableEvents(watched, (entry) => ({
          conversationEvents: conversationEventOf(id, entry),
        }));
      },
    },
  },

  MessageSent: { message: messageOf, actor: actorOf },
  MessageEdited: { message: messageOf, actor: actorOf },
  AttachmentSettled: { message: messageOf, actor: actorOf },
  MessageDeleted: { message: messageOf, actor: actorOf },
  ReactionChanged: { message: messageOf, actor: actorOf },
  PinChanged: { message: messageOf, actor: actorOf },
  MembersChanged: {
    actor: actorOf,
    addedUsers: ({ addedUserIds }) => addedUserIds.slice(0, USERS_MAX).map(userOf),
    removedUsers: ({ removedUserIds }) => removedUserIds.slice(0, USERS_MAX).map(userOf),
    newOwner: ({ newOwnerId }) => (newOwnerId === null ? null : userOf(newOwnerId)),
  },
  ConversationChanged: {
    actor: actorOf,
    conversation: ({ conversationId }, _args, context) =>
      context.loaders.conversation.load(conversationId),
  },
  RoleChanged: { actor: actorOf },
  RoleChange: { user: ({ userId }) => userOf(userId) },
};

const USERS_MAX = 20;

function messageOf(event: { readonly messageId: string }, _args: unknown, context: Context) {
  return context.loaders.message.load(event.messageId);
}
