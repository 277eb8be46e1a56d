// Resolvers of names: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Context } from "../../context.ts";
import type { NamesResolvers } from "../../generated/resolvers.ts";
import type { UserRow } from "../profiles/store.ts";
import { settleNameReview, unverifyUser, verifyUser } from "./actions.ts";

export const resolvers: NamesResolvers = {
  Query: {
    async nameReviews(_root, args, context) {
      const page = pageOf(args, z.uuid());
      const rows = await context.loaders.nameReviews(page);
      return connectionOf(rows, page, (node) => ({ cursor: encodeCursor(node.id), node }));
    },
  },

  Mutation: {
    async verifyUser(_root, { input }, context) {
      const outcome = await verifyUser(context, input.userId);
      if (outcome.kind === "notFound") throw notFound("person", "input.userId", input.userId);
      return { __typename: "VerifyUserSuccess", user: shown(context, outcome.user) };
    },

    async unverifyUser(_root, { input }, context) {
      const outcome = await unverifyUser(context, input.userId);
      if (outcome.kind === "notFound") throw notFound("person", "input.userId", input.userId);
      return { __typename: "UnverifyUserSuccess", user: shown(context, outcome.user) };
    },

    async settleNameReview(_root, { input }, context) {
      const outcome = await settleNameReview(context, input.reviewId, input.decision);
      switch (outcome.kind) {
        case "done":
          return { __typename: "SettleNameReviewSuccess", user: shown(context, outcome.user) };
        case "settled":
          return {
            __typename: "NameReviewSettledProblem",
            reason: "Another moderator has settled this review with the other decision.",
            decision: outcome.decision,
          };
        case "notFound":
          throw notFound("review", "input.reviewId", input.reviewId);
      }
    },
  },

  User: {
    isVerified: ({ badgeSince }) => badgeSince !== null,
  },

  NameReview: {
    user: ({ personId }, _args, context) => knownPerson(context, personId),
    similarTo: ({ similarTo }, _args, context) => knownPerson(context, similarTo),
  },
};

/** The person after a change, also for other fields of the request. */
function shown(context: Context, user: UserRow): UserRow {
  context.loaders.user.clear(user.id).prime(user.id, user);
  return user;
}

async function knownPerson(context: Context, id: string): Promise<UserRow> {
  const person = await context.loaders.user.load(id);
  invariant(person, "a review points at a missing person", { id });
  return person;
}
