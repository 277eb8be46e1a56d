// Resolvers of message requests: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import { answerMessageRequest } from "../answering.ts";
import { idOf } from "../arguments.ts";
import type { RequestsResolvers } from "../generated/resolvers.ts";
import { tooManyMembers } from "../refusals.ts";

const bySending = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([sentAt, conversationId]) => ({ sentAt: new Date(sentAt), conversationId }));

export const resolvers: RequestsResolvers = {
  Query: {
    async messageRequests(_root, args, context) {
      const viewer = requireViewer(context);
      const page = pageOf(args, bySending);
      const rows = await context.loaders.requests.load({ parentId: viewer.id, page });
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.sentAt.toISOString(), node.conversationId]),
        node,
      }));
    },
  },

  Mutation: {
    async answerMessageRequest(_root, { input }, context) {
      const { conversationId } = input;
      const id = idOf("conversation", "input.conversationId", conversationId);
      const outcome = await answerMessageRequest(context, id, input.answer);
      switch (outcome.kind) {
        case "joined":
        case "refused":
          return {
            __typename: "AnswerMessageRequestSuccess",
            conversationId: id,
            conversation: await context.loaders.conversation.load(id),
          };
        case "tooMany":
          return tooManyMembers(outcome);
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },
  },

  MessageRequest: {
    sender: ({ senderId }) => ({ __typename: "User", id: senderId }),
  },

  MessageRequestConnection: {
    totalCount: (_connection, _args, context) =>
      context.loaders.requestCount.load(requireViewer(context).id),
  },
};
