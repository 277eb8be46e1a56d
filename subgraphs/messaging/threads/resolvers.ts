// Resolvers of threads.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import { idOf } from "../arguments.ts";
import type { ThreadsResolvers } from "../generated/resolvers.ts";
import { messagesPage } from "../paging.ts";
import { nestedThread, noReplies } from "../problems.ts";
import { userOf } from "../users.ts";
import { followThread, markThreadRead } from "./actions.ts";

const byLastReply = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([lastReplyAt, rootId]) => ({ lastReplyAt: new Date(lastReplyAt), rootId }));

export const resolvers: ThreadsResolvers = {
  Query: {
    async followedThreads(_root, args, context) {
      const viewer = requireViewer(context);
      const page = pageOf(args, byLastReply);
      const rows = await context.loaders.followedThreads.load({ parentId: viewer.id, page });
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.lastReplyAt.toISOString(), node.rootId]),
        node,
      }));
    },
  },

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
    async followThread(_root, { input: { messageId, isFollowing } }, context) {
      const id = idOf("message", "input.messageId", messageId);
      const outcome = await followThread(context, id, isFollowing);
      switch (outcome.kind) {
        case "done":
          return { __typename: "FollowThreadSuccess", message: outcome.message };
        case "nested":
          throw nestedThread("input.messageId", messageId);
        case "noReplies":
          throw noReplies("input.messageId", messageId);
        case "notFound":
          throw notFound("message", "input.messageId", messageId);
      }
    },
  },

  User: {
    unreadThreads: ({ id }, _args, { loaders }) => loaders.unreadThreads.load(id),
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
    root: ({ rootId }, _args, { loaders }) => loaders.message.load(rootId),
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
