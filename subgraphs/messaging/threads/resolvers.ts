// Resolvers of threads.
import { notFound } from "#kit/errors";
import { idOf } from "../arguments.ts";
import type { ThreadsResolvers } from "../generated/resolvers.ts";
import { messagesPage } from "../paging.ts";
import { nestedThread } from "../problems.ts";
import { userOf } from "../users.ts";
import { markThreadRead } from "./actions.ts";

export const resolvers: ThreadsResolvers = {
  Mutation: {
    async markThreadRead(_root, { input }, context) {
      const { messageId, seq } = input;
      const id = idOf("message", "input.messageId", messageId);
      const outcome = await markThreadRead(context, id, seq);
      switch (outcome.kind) {
        case "read":
          return { __typename: "MarkThreadReadSuccess", message: outcome.message };
        case "nested":
          throw nestedThread("input.messageId", messageId);
        case "notFound":
          throw notFound("message", "input.messageId", messageId);
      }
    },
  },

  Message: {
    async thread({ id, threadRootId }, _args, { loaders }) {
      if (threadRootId === null) return loaders.thread.load(id);
      // A newcomer may see a reply of a message from before they joined.
      const root = await loaders.message.load(threadRootId);
      return root && loaders.thread.load(root.id);
    },
  },

  Thread: {
    async participants({ rootId }, _args, { loaders }) {
      const ids = await loaders.threadPeople.load(rootId);
      return ids.map(userOf);
    },
    messages: ({ rootId }, args, { loaders }) =>
      messagesPage(
        {
          parentId: rootId,
          conversationId: null,
          after: loaders.repliesAfter,
          before: loaders.repliesBefore,
        },
        args,
      ),
    isFollowing: async ({ rootId }, _args, { loaders }) =>
      (await loaders.threadReading.load(rootId)).isFollowing,
    readSeq: async ({ rootId }, _args, { loaders }) =>
      (await loaders.threadReading.load(rootId)).readSeq,
    unreadCount: async ({ rootId }, _args, { loaders }) =>
      (await loaders.threadReading.load(rootId)).unreadCount,
  },
};
