// Resolvers of messages: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf } from "../arguments.ts";
import { attachmentIdsFrom } from "../attachment-arguments.ts";
import type { MessagesResolvers } from "../generated/resolvers.ts";
import { malformedMention, mentionsFrom, notMembers } from "../mention-arguments.ts";
import { messagesPage } from "../paging.ts";
import { DELETED, nestedThread, problemOf } from "../problems.ts";
import { notAllowed } from "../refusals.ts";
import { deleteMessage, editMessage, sendMessage } from "./actions.ts";

const NOT_SENDER = {
  __typename: "NotSenderProblem",
  reason: "Only the sender of a message may change it.",
} as const;

export const resolvers: MessagesResolvers = {
  Query: {
    message: (_root, { id }, context) => context.loaders.message.load(id.toLowerCase()),
  },

  Mutation: {
    async sendMessage(_root, { input }, context) {
      const { conversationId, clientMessageId, body, replyToId, threadRootId } = input;
      const outcome = await sendMessage(context, {
        conversationId: idOf("conversation", "input.conversationId", conversationId),
        clientMessageId,
        body,
        replyToId: replyToId ? idOf("message", "input.replyToId", replyToId) : null,
        threadRootId: threadRootId ? idOf("message", "input.threadRootId", threadRootId) : null,
        attachmentIds: attachmentIdsFrom(input),
        ...mentionsFrom(input),
      });
      switch (outcome.kind) {
        case "sent":
          return { __typename: "SendMessageSuccess", message: outcome.message };
        case "conflict":
        case "recipientGone":
        case "requestPending":
        case "threadDeleted":
        case "attachmentNotUsable":
          return problemOf(outcome.kind);
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notAllowed":
          return notAllowed(outcome);
        case "threadNotFound":
          throw notFound("message", "input.threadRootId", threadRootId ?? "");
        case "threadNested":
          throw nestedThread("input.threadRootId", threadRootId ?? "");
        case "badMention":
          throw malformedMention(outcome);
        case "mentionNotMember":
          return notMembers(outcome);
        case "replyNotFound":
          throw notFound("message", "input.replyToId", replyToId ?? "");
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },

    async editMessage(_root, { input }, context) {
      const outcome = await editMessage(context, {
        messageId: idOf("message", "input.messageId", input.messageId),
        body: input.body,
        expectedVersion: input.expectedVersion ?? null,
        ...mentionsFrom(input),
      });
      switch (outcome.kind) {
        case "edited":
          return { __typename: "EditMessageSuccess", message: outcome.message };
        case "stale":
          return {
            __typename: "StaleVersionProblem",
            reason: "The message was changed since; choose one of the two texts.",
            currentVersion: outcome.message.version,
            message: outcome.message,
          };
        case "badMention":
          throw malformedMention(outcome);
        case "mentionNotMember":
          return notMembers(outcome);
        case "windowClosed":
          return {
            __typename: "EditWindowClosedProblem",
            reason: "The message is too old to be changed.",
            editableUntil: outcome.editableUntil,
          };
        case "notSender":
          return NOT_SENDER;
        case "notAllowed":
          return notAllowed(outcome);
        case "deleted":
          return DELETED;
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("message", "input.messageId", input.messageId);
      }
    },

    async deleteMessage(_root, { input }, context) {
      const messageId = idOf("message", "input.messageId", input.messageId);
      const outcome = await deleteMessage(context, messageId);
      switch (outcome.kind) {
        case "deleted":
          return { __typename: "DeleteMessageSuccess", message: outcome.message };
        case "notSender":
          return NOT_SENDER;
        case "notAllowed":
          return notAllowed(outcome);
        case "notFound":
          throw notFound("message", "input.messageId", input.messageId);
      }
    },
  },

  Conversation: {
    messages: (conversation, args, context) =>
      messagesPage(
        {
          parentId: conversation.id,
          conversationId: conversation.id,
          clearedSeq: conversation.clearedSeq,
          after: context.loaders.messagesAfter,
          before: context.loaders.messagesBefore,
        },
        args,
      ),
  },

  Message: {
    sender: (message) => ({ __typename: "User", id: message.senderId }),
    async conversation(message, _args, context) {
      const conversation = await context.loaders.conversation.load(message.conversationId);
      if (!conversation) throw notFound("conversation", "conversation", message.conversationId);
      return conversation;
    },
    replyTo: ({ replyToId }, _args, context) =>
      replyToId ? context.loaders.message.load(replyToId) : null,
    __resolveReference: ({ id }, context) => context.loaders.message.load(id),
  },
};
