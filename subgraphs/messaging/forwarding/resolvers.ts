// Resolvers of forwarding.
import { notFound } from "#kit/errors";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf } from "../arguments.ts";
import type { ForwardingResolvers } from "../generated/resolvers.ts";
import { DELETED, problemOf } from "../problems.ts";
import { notAllowed } from "../refusals.ts";
import { forwardMessage } from "./actions.ts";

export const resolvers: ForwardingResolvers = {
  Mutation: {
    async forwardMessage(_root, { input }, context) {
      const { messageId, conversationId, clientMessageId } = input;
      const outcome = await forwardMessage(context, {
        messageId: idOf("message", "input.messageId", messageId),
        conversationId: idOf("conversation", "input.conversationId", conversationId),
        clientMessageId,
      });
      switch (outcome.kind) {
        case "sent":
          return { __typename: "ForwardMessageSuccess", message: outcome.message };
        case "deleted":
          return DELETED;
        case "conflict":
        case "recipientGone":
        case "requestPending":
        case "attachmentNotUsable":
          return problemOf(outcome.kind);
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notAllowed":
          return notAllowed(outcome);
        case "messageNotFound":
          throw notFound("message", "input.messageId", messageId);
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
        case "replyNotFound":
        case "threadNotFound":
        case "threadNested":
        case "threadDeleted":
        case "badMention":
        case "mentionNotMember":
          throw new Error(`a forwarded message has no reply, thread and mention: ${outcome.kind}`);
      }
    },
  },
};
