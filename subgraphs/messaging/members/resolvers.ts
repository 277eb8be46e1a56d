// Resolvers of memberships: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf, personIdsOf, personNotFound } from "../arguments.ts";
import { tooManyRequestsProblem } from "../asking.ts";
import type { MembersResolvers } from "../generated/resolvers.ts";
import { DIRECT, notAllowed, tooManyMembers } from "../refusals.ts";
import { CHANGE_OF_MEMBERS } from "../users.ts";
import { addMembers, leaveConversation, removeMember } from "./actions.ts";

export const resolvers: MembersResolvers = {
  Mutation: {
    async addMembers(_root, { input }, context) {
      const { conversationId } = input;
      const id = idOf("conversation", "input.conversationId", conversationId);
      const userIds = personIdsOf("input.userIds", input.userIds);
      const outcome = await addMembers(context, id, userIds);
      switch (outcome.kind) {
        case "added": {
          const conversation = await context.loaders.conversation.load(id);
          if (!conversation) throw notFound("conversation", "input.conversationId", conversationId);
          const invitedUserIds = outcome.invited;
          return { __typename: "AddMembersSuccess", conversation, invitedUserIds };
        }
        case "tooManyRequests":
          return tooManyRequestsProblem(outcome);
        case "notAllowed":
          return notAllowed(outcome);
        case "direct":
          return DIRECT;
        case "tooMany":
          return tooManyMembers(outcome);
        case "haveLeft":
          return {
            __typename: "MembersHaveLeftProblem",
            reason: "People who left the group cannot be added: only they can come back.",
            userIds: outcome.userIds,
          };
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "personNotFound":
          throw personNotFound("input.userIds", userIds, outcome.userId);
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },

    async removeMember(_root, { input }, context) {
      const { conversationId } = input;
      const id = idOf("conversation", "input.conversationId", conversationId);
      const userId = idOf("user", "input.userId", input.userId);
      const outcome = await removeMember(context, id, userId);
      switch (outcome.kind) {
        case "removed":
          return {
            __typename: "RemoveMemberSuccess",
            conversation: await context.loaders.conversation.load(id),
          };
        case "notAllowed":
          return notAllowed(outcome);
        case "direct":
          return DIRECT;
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },

    async leaveConversation(_root, { input }, context) {
      const { conversationId } = input;
      const id = idOf("conversation", "input.conversationId", conversationId);
      const outcome = await leaveConversation(context, id);
      switch (outcome.kind) {
        case "removed":
          return { __typename: "LeaveConversationSuccess", conversationId: id };
        case "direct":
          return DIRECT;
        case "notAllowed":
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },
  },

  MessageConnection: {
    memberChanges: ({ range }, _args, context) => context.loaders.memberChanges.load(range),
  },

  MemberChange: CHANGE_OF_MEMBERS,
};
