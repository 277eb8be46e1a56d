// Resolvers of the inbox: positions to streams, entries to events. The rest of an event is loaded
// when it is delivered, for viewers who may still see it.
import { badInput } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import { invariant } from "#kit/invariant";
import { eventsOf } from "#kit/live/event-traces";
import { withFirst } from "#kit/live/iterators";
import type { Context } from "../context.ts";
import { inboxEventOf } from "../events.ts";
import type { InboxResolvers } from "../generated/resolvers.ts";
import { openInbox } from "./actions.ts";
import type { Position } from "./rules.ts";
import type { InboxOpenedRow } from "./store.ts";

export const resolvers: InboxResolvers = {
  Subscription: {
    inboxEvents: {
      async subscribe(_root, { after }, context) {
        // Streams are named by canonical ids.
        const named = (after ?? []).map(({ streamId, seq }) => ({
          streamId: streamId.toLowerCase(),
          seq,
        }));
        const outcome = await openInbox(context, named);
        switch (outcome.kind) {
          case "open": {
            const events = eventsOf(outcome.entries, (entry) => ({
              inboxEvents: inboxEventOf(entry),
            }));
            if (!outcome.start) return events;
            return withFirst({ inboxEvents: openedOf(context, outcome.start) }, events);
          }
          case "repeated": {
            const { text, received } = describeReceived(after?.[outcome.at]?.streamId, false);
            const message = `must name each stream once, got ${text} again`;
            throw badInput([{ field: `after[${outcome.at}].streamId`, message, received }]);
          }
        }
      },
    },
  },

  User: {
    inboxSeq: (user, _args, context) => context.loaders.inboxSeq.load(user.id),
  },

  ConversationRead: { conversation: conversationOf },
  ConversationAdded: { conversation: conversationOf },
};

const POSITIONS_MAX = 500;

/** The first event of an inbox; it is on the viewer's own stream, which is the first position. */
function openedOf({ now }: Context, positions: readonly Position[]): InboxOpenedRow {
  const [own] = positions;
  invariant(own, "an inbox does not have the viewer's own stream");
  const { streamId, seq } = own;
  return {
    __typename: "InboxOpened",
    streamId,
    seq,
    prevSeq: seq,
    createdAt: now(),
    positions: positions.slice(0, POSITIONS_MAX),
  };
}

function conversationOf(
  event: { readonly conversationId: string },
  _args: unknown,
  context: Context,
) {
  return context.loaders.conversation.load(event.conversationId);
}
