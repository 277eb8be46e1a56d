// Resolvers of topics.
import { cleanLine } from "#kit/input/text";
import type { TopicsResolvers } from "../generated/resolvers.ts";
import { suggestedTopics } from "./actions.ts";

export const resolvers: TopicsResolvers = {
  Query: {
    suggestedTopics: (_root, { kind, search }, context) =>
      suggestedTopics(context, kind, search ? cleanLine(search) : null),
  },
};
