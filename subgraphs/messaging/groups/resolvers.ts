// Resolvers of the details of groups: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf } from "../arguments.ts";
import type { GroupsResolvers } from "../generated/resolvers.ts";
import { DIRECT, notAllowed } from "../refusals.ts";
import { updateConversation } from "./actions.ts";
import type { Details } from "./rules.ts";

export const resolvers: GroupsResolvers = {
  Mutation: {
    async updateConversation(_root, { input }, context) {
      const { conversationId, expectedVersion } = input;
      const id = idOf("conversation", "input.conversationId", conversationId);
      const outcome = await updateConversation(context, {
        conversationId: id,
        expectedVersion: expectedVersion ?? null,
        wish: wishOf(input),
      });
      const conversation =
        outcome.kind === "updated" ? await context.loaders.conversation.load(id) : null;
      switch (outcome.kind) {
        case "updated":
          if (!conversation) throw notFound("conversation", "input.conversationId", conversationId);
          return { __typename: "UpdateConversationSuccess", conversation };
        case "stale":
          return {
            __typename: "StaleDetailsProblem",
            reason: "The group was changed since; read it again.",
            currentVersion: outcome.currentVersion,
          };
        case "notAllowed":
          return notAllowed(outcome);
        case "direct":
          return DIRECT;
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },
  },

  Conversation: {
    settings: (conversation) => (conversation.kind === "GROUP" ? conversation : null),
  },
};

type Input = { readonly [Name in keyof Details]?: Details[Name] | null | undefined };

/** The wanted details: those that are given. An empty description is none. */
function wishOf({ title, description, ...others }: Input) {
  const { posting, adding, pinning, history, editHistory } = others;
  const texts = {
    ...(isGiven(title) && { title: cleanLine(title) }),
    ...(isGiven(description) && { description: description.trim() || null }),
  };
  const settings = { posting, adding, pinning, history, editHistory };
  const given = Object.entries(settings).filter(([, value]) => isGiven(value));
  return { ...texts, ...Object.fromEntries(given) } as Partial<Details>;
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
