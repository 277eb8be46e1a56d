// Resolvers of conversations: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf, personIdsOf, personNotFound } from "../arguments.ts";
import { tooManyRequestsProblem } from "../asking.ts";
import type { Context } from "../context.ts";
import type { ConversationsResolvers } from "../generated/resolvers.ts";
import { tooManyMembers } from "../refusals.ts";
import { createGroupConversation, openDirectConversation } from "./actions.ts";

const byActivity = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([activityAt, id]) => ({ activityAt: new Date(activityAt), id }));

const byJoining = z
  .tuple([z.int32().min(0), z.uuid()])
  .transform(([joinedSeq, userId]) => ({ joinedSeq, userId }));

export const resolvers: ConversationsResolvers = {
  Query: {
    conversation: (_root, { id }, context) => context.loaders.conversation.load(id.toLowerCase()),

    async conversations(_root, args, context) {
      const page = pageOf(args, byActivity);
      const { filter } = args;
      const rows = await context.loaders.conversations.load({ filter, page });
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.activityAt.toISOString(), node.id]),
        node,
      }));
    },
  },

  Mutation: {
    async openDirectConversation(_root, { input }, context) {
      const userId = idOf("user", "input.userId", input.userId);
      const outcome = await openDirectConversation(context, userId);
      switch (outcome.kind) {
        case "open":
          return {
            __typename: "OpenDirectConversationSuccess",
            conversation: await conversationOf(context, outcome.conversationId),
          };
        case "tooManyRequests":
          return tooManyRequestsProblem(outcome);
        case "self":
          return {
            __typename: "SelfConversationProblem",
            reason: "Choose somebody else: nobody has a conversation with themselves.",
          };
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("user", "input.userId", userId);
      }
    },

    async createGroupConversation(_root, { input }, context) {
      const title = cleanLine(input.title);
      const memberIds = personIdsOf("input.memberIds", input.memberIds);
      const outcome = await createGroupConversation(context, { title, memberIds });
      switch (outcome.kind) {
        case "created":
          return {
            __typename: "CreateGroupConversationSuccess",
            conversation: await conversationOf(context, outcome.conversationId),
            invitedUserIds: outcome.invited,
          };
        case "tooManyRequests":
          return tooManyRequestsProblem(outcome);
        case "tooMany":
          return tooManyMembers(outcome);
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "personNotFound":
          throw personNotFound("input.memberIds", memberIds, outcome.userId);
      }
    },
  },

  Conversation: {
    sending: ({ id }, _args, context) => context.loaders.sending.load(id),
    async members(conversation, args, context) {
      const page = pageOf(args, byJoining);
      const rows = await context.loaders.members.load({ parentId: conversation.id, page });
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.joinedSeq, node.userId]),
        node,
      }));
    },
    __resolveReference: ({ id }, context) => context.loaders.conversation.load(id),
  },

  Member: {
    user: (member) => ({ __typename: "User", id: member.userId }),
  },
};

async function conversationOf(context: Context, conversationId: string) {
  const conversation = await context.loaders.conversation.load(conversationId);
  if (!conversation) throw notFound("conversation", "conversation", conversationId);
  return conversation;
}
