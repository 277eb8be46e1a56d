// Resolvers of matches: arguments to calls, outcomes to types, entries to updates.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { eventsOf } from "#kit/live/event-traces";
import { requireViewer } from "#kit/trust/identity";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import type { MatchesResolvers } from "../generated/resolvers.ts";
import { answerSuggestion, watchMatches } from "./actions.ts";
import { matchOf } from "./entries.ts";
import type { StoredMatch } from "./store.ts";

export const resolvers: MatchesResolvers = {
  Query: {
    async matches(_root, args, context) {
      const viewer = requireViewer(context);
      const page = pageOf(args, z.uuid());
      // Before the page: what comes in between is in both, and nothing is in neither.
      const seq = await context.loaders.matchesSeq(viewer);
      const rows = await context.loaders.matches(viewer, page);
      const toEdge = (node: StoredMatch) => ({ cursor: encodeCursor(node.id), node });
      return { ...connectionOf(rows, page, toEdge), seq };
    },
  },

  Mutation: {
    async answerSuggestion(_root, { input }, context) {
      const outcome = await answerSuggestion(context, input.suggestionId, input.answer);
      switch (outcome.kind) {
        case "answered":
          return {
            __typename: "AnswerSuggestionSuccess",
            suggestion: outcome.suggestion,
            match: outcome.match,
          };
        case "tooLate":
          return {
            __typename: "AlreadyMatchedProblem",
            reason: "You are a match already.",
            match: outcome.match,
          };
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("suggestion", "input.suggestionId", input.suggestionId);
      }
    },
  },

  Subscription: {
    matchCreated: {
      async subscribe(_root, { after }, context) {
        const entries = await watchMatches(context, after);
        return eventsOf(entries, (entry) => {
          const { seq, prevSeq } = entry;
          return { matchCreated: { seq, prevSeq, match: matchOf(entry) } };
        });
      },
    },
  },

  Match: {
    users({ firstId, secondId }, _args, context) {
      const isSecond = context.viewer?.id === secondId;
      const ids = isSecond ? [secondId, firstId] : [firstId, secondId];
      return ids.filter((id) => id !== null).map((id) => ({ __typename: "User" as const, id }));
    },
    __resolveReference: ({ id }, context) => context.loaders.match.load(id),
  },
};
