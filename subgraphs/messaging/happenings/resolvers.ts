// Resolvers of happenings: entries of a log to types.
import type { HappeningsResolvers } from "../generated/resolvers.ts";
import { happeningsOf } from "./shapes.ts";

/** Of a change, as many people are named. */
const NAMED_MAX = 3;

const usersOf = (ids: readonly string[]) => ids.slice(0, NAMED_MAX).map(userOf);

function userOf(id: string) {
  return { __typename: "User" as const, id };
}

function actorOf({ actorId }: { readonly actorId: string | null }) {
  return actorId === null ? null : userOf(actorId);
}

export const resolvers: HappeningsResolvers = {
  MessageConnection: {
    async happenings({ range }, _args, { loaders }) {
      const { entries } = await loaders.happenings.load(range);
      return entries.flatMap(happeningsOf);
    },
    async omittedHappenings({ range }, _args, { loaders }) {
      const { entries, total } = await loaders.happenings.load(range);
      return total - entries.length;
    },
  },

  MembersHappening: {
    actor: actorOf,
    addedUsers: ({ added }) => usersOf(added),
    addedCount: ({ added }) => added.length,
    removedUsers: ({ removed }) => usersOf(removed),
    removedCount: ({ removed }) => removed.length,
    isLeaving: ({ removed, actorId }) =>
      removed.length > 0 && removed.every((id) => actorId === null || id === actorId),
    newOwner: ({ newOwnerId }) => (newOwnerId === null ? null : userOf(newOwnerId)),
  },

  PinHappening: { actor: actorOf },
  RoleHappening: { actor: actorOf },
  ConversationHappening: { actor: actorOf },
};
