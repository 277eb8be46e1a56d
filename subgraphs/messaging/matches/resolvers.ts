// Resolves the conversation of a match. Matches themselves belong to another subgraph.
import type { MatchesResolvers } from "../generated/resolvers.ts";

export const resolvers: MatchesResolvers = {
  Match: {
    async conversation({ id }, _args, context) {
      const conversationId = await context.loaders.conversationOfMatch.load(id);
      return conversationId === null ? null : context.loaders.conversation.load(conversationId);
    },
  },
};
