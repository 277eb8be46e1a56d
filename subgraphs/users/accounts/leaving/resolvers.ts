// Resolvers of leaving: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { invariant } from "#kit/invariant";
import type { LeavingResolvers } from "../../generated/resolvers.ts";
import { tooManyAttemptsProblem } from "../attempts.ts";
import { reauthenticationProblem } from "../recent-authentication.ts";
import { deleteAccount, restoreAccount } from "./actions.ts";
import { missing } from "./progress.ts";

export const resolvers: LeavingResolvers = {
  Query: {
    async erasures(_root, { isComplete, ...args }, context) {
      const page = pageOf(args, z.uuid());
      const rows = await context.loaders.erasures(isComplete ?? null, page);
      return connectionOf(rows, page, (node) => ({ cursor: encodeCursor(node.erasureId), node }));
    },
  },

  Mutation: {
    async deleteAccount(_root, { input }, context) {
      const outcome = await deleteAccount(context, input.password);
      switch (outcome.kind) {
        case "leaving":
          return { __typename: "DeleteAccountSuccess", leavesAt: outcome.leavesAt };
        case "wrongPassword":
          return { __typename: "WrongPasswordProblem", reason: "The password is wrong." };
        case "tooManyAttempts":
          return tooManyAttemptsProblem(outcome);
        case "reauthenticate":
          return reauthenticationProblem(outcome);
        case "lastAdmin":
          return {
            __typename: "LastAdminProblem",
            reason: "This is the last admin. Make somebody else one first.",
          };
      }
    },

    async restoreAccount(_root, _args, context) {
      const personId = await restoreAccount(context);
      const user = await context.loaders.user.load(personId);
      invariant(user, "somebody came back who does not exist", { personId });
      return { __typename: "RestoreAccountSuccess", user };
    },
  },

  User: {
    leavesAt: ({ id, leavesAt }, _args, context) =>
      leavesAt === null ? null : context.loaders.leavesAt.load(id),
  },

  Erasure: {
    id: ({ erasureId }) => erasureId,
    completedAt: ({ doneAt }) => doneAt,
    missing: ({ answers }) => missing(answers),
  },
};
