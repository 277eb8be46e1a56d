// Resolvers of typing: arguments to calls, signals to types.
import { notFound } from "#kit/errors";
import { mapIterator } from "#kit/live/iterators";
import { idOf } from "../arguments.ts";
import type { TypingResolvers } from "../generated/resolvers.ts";
import { setTyping, watchInboxTyping, watchTyping } from "./actions.ts";

export const resolvers: TypingResolvers = {
  Mutation: {
    async setTyping(_root, { input }, context) {
      const id = idOf("conversation", "input.conversationId", input.conversationId);
      if (!(await setTyping(context, id, input.isTyping))) {
        throw notFound("conversation", "input.conversationId", input.conversationId);
      }
      return { __typename: "SetTypingSuccess", conversationId: id };
    },
  },

  Subscription: {
    signals: {
      async subscribe(_root, { conversationId }, context) {
        const id = idOf("conversation", "conversationId", conversationId);
        const received = await watchTyping(context, id);
        if (!received) throw notFound("conversation", "conversationId", conversationId);
        return mapIterator(received, (signals) => ({ signals }));
      },
    },
    inboxSignals: {
      async subscribe(_root, _args, context) {
        const received = await watchInboxTyping(context);
        return mapIterator(received, (inboxSignals) => ({ inboxSignals }));
      },
    },
  },

  TypingChanged: {
    user: (signal) => ({ __typename: "User", id: signal.personId }),
  },
};
