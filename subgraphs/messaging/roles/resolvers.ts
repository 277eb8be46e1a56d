// Resolvers of roles and rights: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { invariant } from "#kit/invariant";
import { idOf } from "../arguments.ts";
import type { Context } from "../context.ts";
import type { ConversationRow } from "../conversations/store.ts";
import type { RolesResolvers } from "../generated/resolvers.ts";
import { DIRECT, notAllowed } from "../refusals.ts";
import { type Role, rightsOf } from "../rights.ts";
import { handOverGroup, type RoleOutcome, setMemberRole } from "./actions.ts";

export const resolvers: RolesResolvers = {
  Mutation: {
    async setMemberRole(_root, { input }, context) {
      const wanted = wantedOf(input);
      const outcome = await setMemberRole(context, { ...wanted, role: input.role });
      if (outcome.kind === "lastOwner") {
        return {
          __typename: "LastOwnerProblem",
          reason: "A group has an owner: make another member an owner first.",
        };
      }
      const answer = await answerTo(context, outcome, wanted);
      return "conversation" in answer ? { __typename: "SetMemberRoleSuccess", ...answer } : answer;
    },

    async handOverGroup(_root, { input }, context) {
      const wanted = wantedOf(input);
      const answer = await answerTo(context, await handOverGroup(context, wanted), wanted);
      return "conversation" in answer ? { __typename: "HandOverGroupSuccess", ...answer } : answer;
    },
  },

  Conversation: {
    viewerRole,
    viewerRights: (conversation) => rightsOf({ ...conversation, role: viewerRole(conversation) }),
  },
};

function viewerRole({ viewerRole: role }: ConversationRow): Role {
  invariant(role, "an audience has no role");
  return role;
}

interface Wanted {
  readonly conversationId: string;
  readonly userId: string;
}

function wantedOf({ conversationId, userId }: Wanted): Wanted {
  return {
    conversationId: idOf("conversation", "input.conversationId", conversationId),
    userId: idOf("user", "input.userId", userId),
  };
}

/** The group as it is now, or the refusal. */
async function answerTo(
  context: Context,
  outcome: RoleOutcome,
  { conversationId, userId }: Wanted,
) {
  const conversation =
    outcome.kind === "done" ? await context.loaders.conversation.load(conversationId) : null;
  if (conversation) return { conversation };
  switch (outcome.kind) {
    case "notAllowed":
      return notAllowed(outcome);
    case "direct":
      return DIRECT;
    case "personNotFound":
      throw notFound("user", "input.userId", userId);
    default:
      throw notFound("conversation", "input.conversationId", conversationId);
  }
}
