// Resolvers of invites: arguments to calls, outcomes to types.
import { badInput, notFound } from "#kit/errors";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf } from "../arguments.ts";
import type { InvitesResolvers } from "../generated/resolvers.ts";
import { DIRECT, notAllowed, tooManyMembers } from "../refusals.ts";
import { hasRight } from "../rights.ts";
import { acceptInvite, createInvite, previewInvite, revokeInvite } from "./actions.ts";

export const resolvers: InvitesResolvers = {
  Query: {
    invitePreview: (_root, { code }, context) => previewInvite(context, code),
  },

  Mutation: {
    async createInvite(_root, { input }, context) {
      const { conversationId } = input;
      const expiresAt = input.expiresAt ?? null;
      if (expiresAt && expiresAt <= context.now()) {
        const received = expiresAt.toISOString();
        const message = `must be in the future, got ${received}`;
        throw badInput([{ field: "input.expiresAt", message, received }]);
      }
      const outcome = await createInvite(context, {
        conversationId: idOf("conversation", "input.conversationId", conversationId),
        expiresAt,
        usesMax: input.usesMax ?? null,
      });
      switch (outcome.kind) {
        case "created":
          return { __typename: "CreateInviteSuccess", invite: outcome.invite, code: outcome.code };
        case "tooMany":
          return {
            __typename: "TooManyInvitesProblem",
            reason: `A group has at most ${outcome.invitesMax} invites; revoke one of them.`,
            invitesMax: outcome.invitesMax,
          };
        case "notAllowed":
          return notAllowed(outcome);
        case "direct":
          return DIRECT;
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },

    async revokeInvite(_root, { input }, context) {
      const inviteId = idOf("invite", "input.inviteId", input.inviteId);
      const outcome = await revokeInvite(context, inviteId);
      if (outcome.kind === "notAllowed") return notAllowed(outcome);
      const conversation =
        outcome.kind === "revoked"
          ? await context.loaders.conversation.load(outcome.conversationId)
          : null;
      if (!conversation) throw notFound("invite", "input.inviteId", input.inviteId);
      return { __typename: "RevokeInviteSuccess", conversation };
    },

    async acceptInvite(_root, { input }, context) {
      const outcome = await acceptInvite(context, input.code);
      switch (outcome.kind) {
        case "joined": {
          const conversation = await context.loaders.conversation.load(outcome.conversationId);
          if (!conversation) throw notFound("conversation", "conversation", outcome.conversationId);
          return { __typename: "AcceptInviteSuccess", conversation };
        }
        case "invalid":
          return {
            __typename: "InvalidInviteProblem",
            reason: "This invite is not valid, or not any more.",
          };
        case "tooMany":
          return tooManyMembers(outcome);
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
      }
    },
  },

  Conversation: {
    invites(conversation, _args, { loaders }) {
      const { viewerRole: role } = conversation;
      const mayInvite = role !== null && hasRight({ ...conversation, role }, "INVITE_BY_LINK");
      return mayInvite ? loaders.invites.load(conversation.id) : [];
    },
  },

  Invite: {
    maker: ({ makerId }) => ({ __typename: "User", id: makerId }),
  },

  InvitePreview: {
    title: ({ title }) => title ?? "",
  },
};
