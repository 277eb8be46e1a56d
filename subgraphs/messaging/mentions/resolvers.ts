// Resolvers of mentions. A message's row has its mentions.
import type { MentionsResolvers } from "../generated/resolvers.ts";

export const resolvers: MentionsResolvers = {
  Mention: {
    user: ({ userId }) => ({ __typename: "User", id: userId }),
  },

  Conversation: {
    firstUnreadMentionSeq: ({ id, readSeq, unreadMentions }, _args, { loaders }) =>
      unreadMentions > 0 ? loaders.firstMention.load({ id, readSeq }) : null,
  },

  User: {
    unreadMentions: (user, _args, { loaders }) => loaders.unreadMentions.load(user.id),
  },
};
