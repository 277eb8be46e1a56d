// Resolvers of reactions: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { badInput, notFound } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import { idOf } from "../arguments.ts";
import type { ReactionsResolvers } from "../generated/resolvers.ts";
import { DELETED } from "../problems.ts";
import { addReaction, removeReaction } from "./actions.ts";
import { parentOf } from "./loaders.ts";

const byTime = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([createdAt, userId]) => ({ createdAt: new Date(createdAt), userId }));

export const resolvers: ReactionsResolvers = {
  Mutation: {
    async addReaction(_root, { input }, context) {
      const messageId = idOf("message", "input.messageId", input.messageId);
      const outcome = await addReaction(context, { messageId, emoji: input.emoji });
      switch (outcome.kind) {
        case "done":
          return { __typename: "AddReactionSuccess", message: outcome.message };
        case "tooMany":
          return {
            __typename: "TooManyReactionsProblem",
            reason: `A message has at most ${outcome.kindsMax} kinds of reactions; choose one of them.`,
            kindsMax: outcome.kindsMax,
          };
        case "tooManyOwn":
          return {
            __typename: "TooManyOwnReactionsProblem",
            reason: `You may give a message ${outcome.ownKindsMax} kinds of reactions; take one back.`,
            ownKindsMax: outcome.ownKindsMax,
          };
        case "deleted":
          return DELETED;
        case "notEmoji": {
          const { text, received } = describeReceived(input.emoji, false);
          const message = `must be one emoji of Unicode's list, got ${text}`;
          throw badInput([{ field: "input.emoji", message, received }]);
        }
        case "notFound":
          throw notFound("message", "input.messageId", input.messageId);
      }
    },

    async removeReaction(_root, { input }, context) {
      const messageId = idOf("message", "input.messageId", input.messageId);
      const outcome = await removeReaction(context, { messageId, emoji: input.emoji });
      if (outcome.kind !== "done") throw notFound("message", "input.messageId", input.messageId);
      return { __typename: "RemoveReactionSuccess", message: outcome.message };
    },
  },

  Message: {
    reactions: (message, _args, context) => context.loaders.reactions.load(message.id),
  },

  ReactionCount: {
    async people(kind, args, context) {
      const page = pageOf(args, byTime);
      const parentId = parentOf(kind);
      const rows = await context.loaders.reactionPeople.load({ parentId, page });
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.createdAt.toISOString(), node.userId]),
        node,
      }));
    },
  },

  Reaction: {
    user: ({ userId }) => ({ __typename: "User", id: userId }),
  },
};
