// Resolvers of settings: arguments to calls, outcomes to types.
import { badInput, notFound } from "#kit/errors";
import { idOf } from "../arguments.ts";
import type { Context } from "../context.ts";
import type { SettingsResolvers } from "../generated/resolvers.ts";
import { changeSetting } from "../own-settings.ts";
import type { SettingChange } from "./rules.ts";

/** The conversation after a change of its settings, or `NOT_FOUND`. */
async function conversationAfter(context: Context, given: string, change: SettingChange) {
  const id = idOf("conversation", "input.conversationId", given);
  const isMember = await changeSetting(context, id, change);
  const conversation = isMember ? await context.loaders.conversation.load(id) : null;
  if (!conversation) throw notFound("conversation", "input.conversationId", given);
  return conversation;
}

export const resolvers: SettingsResolvers = {
  Mutation: {
    async muteConversation(_root, { input }, context) {
      const { conversationId, isMuted } = input;
      const until = input.mutedUntil ?? null;
      if (until && until <= context.now()) {
        const message = "must be in the future";
        throw badInput([{ field: "input.mutedUntil", message, received: until.toISOString() }]);
      }
      const change = { kind: "mute", isMuted, until } as const;
      const conversation = await conversationAfter(context, conversationId, change);
      return { __typename: "MuteConversationSuccess", conversation };
    },
    async archiveConversation(_root, { input: { conversationId, isArchived } }, context) {
      const change = { kind: "archive", isArchived } as const;
      const conversation = await conversationAfter(context, conversationId, change);
      return { __typename: "ArchiveConversationSuccess", conversation };
    },
    async markFavourite(_root, { input: { conversationId, isFavourite } }, context) {
      const change = { kind: "favourite", isFavourite } as const;
      const conversation = await conversationAfter(context, conversationId, change);
      return { __typename: "MarkFavouriteSuccess", conversation };
    },
    async markUnread(_root, { input: { conversationId, isUnread } }, context) {
      const change = { kind: "markUnread", isUnread } as const;
      const conversation = await conversationAfter(context, conversationId, change);
      return { __typename: "MarkUnreadSuccess", conversation };
    },
    async hideConversation(_root, { input: { conversationId } }, context) {
      const conversation = await conversationAfter(context, conversationId, { kind: "hide" });
      return { __typename: "HideConversationSuccess", conversation };
    },
  },

  User: {
    totalUnread: ({ id }, _args, { loaders }) => loaders.totalUnread.load(id),
  },

  ConversationSettingsChanged: {
    conversation: ({ conversationId }, _args, { loaders }) =>
      loaders.conversation.load(conversationId),
  },
};
