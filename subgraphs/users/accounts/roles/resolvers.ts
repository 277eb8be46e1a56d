// Resolvers of roles: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import type { RolesResolvers } from "../../generated/resolvers.ts";
import { grantRole, revokeRole } from "./actions.ts";

export const resolvers: RolesResolvers = {
  Mutation: {
    async grantRole(_root, { input }, context) {
      const outcome = await grantRole(context, input);
      switch (outcome.kind) {
        case "granted":
          context.loaders.roles.clear(outcome.user.id);
          return { __typename: "GrantRoleSuccess", user: outcome.user };
        case "notFound":
          throw notFound("person", "input.userId", input.userId);
      }
    },

    async revokeRole(_root, { input }, context) {
      const outcome = await revokeRole(context, input);
      switch (outcome.kind) {
        case "revoked":
          context.loaders.roles.clear(outcome.user.id);
          return { __typename: "RevokeRoleSuccess", user: outcome.user };
        case "lastAdmin":
          return {
            __typename: "LastAdminProblem",
            reason: "This is the last admin. Make somebody else one first.",
          };
        case "notFound":
          throw notFound("person", "input.userId", input.userId);
      }
    },
  },

  User: {
    roles: (person, _args, context) => context.loaders.roles.load(person.id),
  },
};
