// Resolvers of happenings: entries of a log to types.
import type { HappeningsResolvers } from "../generated/resolvers.ts";
import { actorOf, CHANGE_OF_MEMBERS, userOf } from "../users.ts";
import { happeningsOf } from "./shapes.ts";

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
    ...CHANGE_OF_MEMBERS,
    newOwner: ({ newOwnerId }) => (newOwnerId === null ? null : userOf(newOwnerId)),
  },

  PinHappening: { actor: actorOf },
  RoleHappening: { actor: actorOf },
  ConversationHappening: { actor: actorOf },
};
