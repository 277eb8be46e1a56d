// Resolvers of blocks: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Context } from "../../context.ts";
import type { BlocksResolvers } from "../../generated/resolvers.ts";
import type { UserRow } from "../profiles/store.ts";
import { blockUser, unblockUser } from "./actions.ts";

const position = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([changedAt, blockedId]) => ({ changedAt: new Date(changedAt), blockedId }));

export const resolvers: BlocksResolvers = {
  Mutation: {
    async blockUser(_root, { input }, context) {
      const outcome = await blockUser(context, input.userId);
      switch (outcome.kind) {
        case "blocked":
          context.loaders.isBlockedByViewer.clear(outcome.user.id);
          return { __typename: "BlockUserSuccess", user: outcome.user };
        case "self":
          return { __typename: "SelfBlockProblem", reason: "You cannot block yourself." };
        case "notFound":
          throw notFound("person", "input.userId", input.userId);
      }
    },

    async unblockUser(_root, { input }, context) {
      const outcome = await unblockUser(context, input.userId);
      switch (outcome.kind) {
        case "unblocked":
          context.loaders.isBlockedByViewer.clear(outcome.user.id);
          return { __typename: "UnblockUserSuccess", user: outcome.user };
        case "notFound":
          throw notFound("person", "input.userId", input.userId);
      }
    },
  },

  User: {
    isBlockedByViewer: ({ id }, _args, context) => context.loaders.isBlockedByViewer.load(id),

    async blockedUsers(person, { first, after }, context) {
      const page = pageOf({ first, after }, position);
      const rows = await context.loaders.blocks(person.id, page);
      return connectionOf(rows, page, ({ changedAt, blockedId }) => ({
        cursor: encodeCursor([changedAt.toISOString(), blockedId]),
        node: knownPerson(context, blockedId),
      }));
    },
  },
};

async function knownPerson(context: Context, id: string): Promise<UserRow> {
  const person = await context.loaders.user.load(id);
  invariant(person, "a block points at a missing person", { id });
  return person;
}
