// Resolvers of suggestions: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { fail } from "#kit/errors";
import type { SuggestionsResolvers } from "../generated/resolvers.ts";
import { matchSuggestions } from "./actions.ts";

const position = z
  .tuple([z.uuid(), z.int32().min(0)])
  .transform(([runId, rank]) => ({ runId, rank }));

export const resolvers: SuggestionsResolvers = {
  Query: {
    async matchSuggestions(_root, args, context) {
      const page = pageOf(args, position);
      const outcome = await matchSuggestions(context, page);
      switch (outcome.kind) {
        case "page":
          return connectionOf(outcome.rows, page, (node) => ({
            cursor: encodeCursor([node.runId, node.rank]),
            node,
          }));
        case "expired":
          throw fail("RESYNC_REQUIRED", "This list is no longer kept: ask for its first page.");
      }
    },
  },

  MatchSuggestion: {
    user: ({ userId }) => ({ __typename: "User", id: userId }),
    reasons: ({ reasons }) => [...reasons],
    async sharedEvents({ userId }, _args, context) {
      const eventIds = await context.loaders.sharedEvents.load(userId);
      return eventIds.map((id) => ({ __typename: "Event" as const, id }));
    },
    __resolveReference: ({ id }, context) => context.loaders.suggestion.load(id),
  },
};
