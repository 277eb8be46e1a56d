// The inbox in the graph: positions to streams, entries to events. What an event is about is read
// when it is delivered, for those who may still see it.
import { badInput } from "#kit/errors";
import { describeReceived } from "#kit/formats";
import { mapIterator } from "#kit/iterators";
import type { Context } from "../context.ts";
import { inboxEventOf } from "../events.ts";
import type { InboxResolvers } from "../generated/resolvers.ts";
import { openInbox } from "./actions.ts";

export const resolvers: InboxResolvers = {
  Subscription: {
    inboxEvents: {
      async subscribe(_root, { after }, context) {
        // In the one spelling that streams have.
        const named = (after ?? []).map(({ streamId, seq }) => ({
          streamId: streamId.toLowerCase(),
          seq,
        }));
        const outcome = await openInbox(context, named);
        switch (outcome.kind) {
          case "open":
            return mapIterator(outcome.entries, (entry) => ({ inboxEvents: inboxEventOf(entry) }));
          case "repeated": {
            const { text, received } = describeReceived(after?.[outcome.at]?.streamId, false);
            const message = `must name each stream once, got ${text} again`;
            throw badInput([{ field: `after[${outcome.at}].streamId`, message, received }]);
          }
        }
      },
    },
  },

  ConversationRead: { conversation: conversationOf },
  ConversationAdded: { conversation: conversationOf },
};

function conversationOf(
  event: { readonly conversationId: string },
  _args: unknown,
  context: Context,
) {
  return context.loaders.conversation.load(event.conversationId);
}
