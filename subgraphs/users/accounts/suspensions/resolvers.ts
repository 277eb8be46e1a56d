// Resolvers of suspensions: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Context } from "../../context.ts";
import type { SuspensionsResolvers } from "../../generated/resolvers.ts";
import type { UserRow } from "../../people/profiles/store.ts";
import { reinstateUser, suspendUser } from "./actions.ts";

const PROTECTED = {
  __typename: "ProtectedRoleProblem",
  reason: "Only an admin may do this to a moderator or an admin.",
} as const;

export const resolvers: SuspensionsResolvers = {
  Query: {
    async suspendedUsers(_root, args, context) {
      const page = pageOf(args, z.uuid());
      const rows = await context.loaders.suspended(page);
      return connectionOf(rows, page, ({ id, personId }) => ({
        cursor: encodeCursor(id),
        node: knownPerson(context, personId),
      }));
    },
  },

  Mutation: {
    async suspendUser(_root, { input }, context) {
      const { userId } = input;
      const outcome = await suspendUser(context, { userId, reason: input.reason.trim() });
      context.loaders.suspension.clear(userId);
      switch (outcome.kind) {
        case "suspended":
          return { __typename: "SuspendUserSuccess", user: outcome.user };
        case "self":
          return { __typename: "SelfSuspensionProblem", reason: "You cannot suspend yourself." };
        case "protected":
          return PROTECTED;
        case "lastAdmin":
          return {
            __typename: "LastAdminProblem",
            reason: "This is the last admin. Make somebody else one first.",
          };
        case "notFound":
          throw notFound("person", "input.userId", userId);
      }
    },

    async reinstateUser(_root, { input }, context) {
      const outcome = await reinstateUser(context, input.userId);
      context.loaders.suspension.clear(input.userId);
      switch (outcome.kind) {
        case "reinstated":
          return { __typename: "ReinstateUserSuccess", user: outcome.user };
        case "protected":
          return PROTECTED;
        case "notFound":
          throw notFound("person", "input.userId", input.userId);
      }
    },
  },

  User: {
    suspension: ({ id }, _args, context) => context.loaders.suspension.load(id),
  },

  Suspension: {
    suspendedBy: ({ suspendedBy }, _args, context) => context.loaders.user.load(suspendedBy),
  },
};

async function knownPerson(context: Context, id: string): Promise<UserRow> {
  const person = await context.loaders.user.load(id);
  invariant(person, "a suspension points at a missing person", { id });
  return person;
}
