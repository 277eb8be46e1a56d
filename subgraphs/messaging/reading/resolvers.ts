// Resolvers of read marks and unread counts.
import { notFound } from "#kit/errors";
import { idOf } from "../arguments.ts";
import type { ReadingResolvers } from "../generated/resolvers.ts";
import { markRead } from "./actions.ts";

export const resolvers: ReadingResolvers = {
  Mutation: {
    async markRead(_root, { input }, context) {
      const id = idOf("conversation", "input.conversationId", input.conversationId);
      const isMember = await markRead(context, id, input.seq);
      const conversation = isMember ? await context.loaders.conversation.load(id) : null;
      if (!conversation) {
        throw notFound("conversation", "input.conversationId", input.conversationId);
      }
      return { __typename: "MarkReadSuccess", conversation };
    },
  },

  Conversation: {
    unreadCountSeq: ({ lastSeq }) => lastSeq,
  },
};
