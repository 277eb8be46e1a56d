// Resolvers of what a person deletes for themselves: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { idOf } from "../arguments.ts";
import type { Context } from "../context.ts";
import type { HidingResolvers } from "../generated/resolvers.ts";
import { clearHistory, hideMessage } from "./actions.ts";

export const resolvers: HidingResolvers = {
  Mutation: {
    async deleteMessageForMe(_root, { input: { messageId } }, context) {
      const id = await hideMessage(context, idOf("message", "input.messageId", messageId));
      const conversation = id ? await context.loaders.conversation.load(id) : null;
      if (!conversation) throw notFound("message", "input.messageId", messageId);
      return { __typename: "DeleteMessageForMeSuccess", conversation };
    },

    async clearHistory(_root, { input: { conversationId, upToSeq } }, context) {
      const id = idOf("conversation", "input.conversationId", conversationId);
      const isMember = await clearHistory(context, id, upToSeq ?? null);
      const conversation = isMember ? await context.loaders.conversation.load(id) : null;
      if (!conversation) throw notFound("conversation", "input.conversationId", conversationId);
      return { __typename: "ClearHistorySuccess", conversation };
    },
  },

  MessageHidden: { conversation: conversationOf },
  HistoryCleared: { conversation: conversationOf },
};

function conversationOf(
  event: { readonly conversationId: string },
  _args: unknown,
  context: Context,
) {
  return context.loaders.conversation.load(event.conversationId);
}
