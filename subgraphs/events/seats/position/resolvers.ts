// Resolvers of positions.
import type { PositionResolvers } from "../../generated/resolvers.ts";

export const resolvers: PositionResolvers = {
  User: {
    registrationsSeq: (user, _args, context) => context.loaders.registrationsSeq.load(user.id),
  },
};
