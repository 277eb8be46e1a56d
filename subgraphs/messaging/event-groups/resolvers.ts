// Resolvers of the groups of events: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf } from "../arguments.ts";
import type { EventGroupsResolvers } from "../generated/resolvers.ts";
import { openEventConversation } from "./actions.ts";

export const resolvers: EventGroupsResolvers = {
  Mutation: {
    async openEventConversation(_root, { input }, context) {
      const eventId = idOf("event", "input.eventId", input.eventId);
      const outcome = await openEventConversation(context, eventId, cleanLine(input.title));
      switch (outcome.kind) {
        case "open": {
          const conversation = await context.loaders.conversation.load(outcome.conversationId);
          // An organizer who left the group.
          if (!conversation) throw notFound("event", "input.eventId", input.eventId);
          return { __typename: "OpenEventConversationSuccess", conversation };
        }
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("event", "input.eventId", input.eventId);
      }
    },
  },

  Event: {
    async conversation({ id }, _args, context) {
      const conversationId = await context.loaders.conversationOfEvent.load(id);
      return conversationId === null ? null : context.loaders.conversation.load(conversationId);
    },
  },

  Conversation: {
    async event({ id }, _args, context) {
      const { eventId } = await context.loaders.eventOfGroup.load(id);
      return eventId === null ? null : { __typename: "Event" as const, id: eventId };
    },
    async leftOutCount({ id }, _args, context) {
      return (await context.loaders.eventOfGroup.load(id)).leftOutCount;
    },
  },
};
