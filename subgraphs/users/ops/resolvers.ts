// Resolvers of the running system's figures.
import { mapIterator } from "#kit/live/iterators";
import type { OpsResolvers } from "../generated/resolvers.ts";
import { watchStats } from "./actions.ts";

export const resolvers: OpsResolvers = {
  Subscription: {
    opsStats: {
      subscribe: (_root, _args, context) =>
        mapIterator(watchStats(context), (opsStats) => ({ opsStats })),
    },
  },
};
