// Resolvers of drafts: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { idOf } from "../arguments.ts";
import type { ConversationRow } from "../conversations/store.ts";
import type { DraftsResolvers } from "../generated/resolvers.ts";
import { saveDraft } from "./actions.ts";
import type { DraftRow } from "./store.ts";

export const resolvers: DraftsResolvers = {
  Mutation: {
    async saveDraft(_root, { input }, context) {
      const { conversationId, body, replyToId, expectedVersion } = input;
      const outcome = await saveDraft(context, {
        conversationId: idOf("conversation", "input.conversationId", conversationId),
        body,
        replyToId: replyToId ? idOf("message", "input.replyToId", replyToId) : null,
        expectedVersion,
      });
      switch (outcome?.kind) {
        case "saved":
          return { __typename: "SaveDraftSuccess", draft: outcome.draft };
        case "stale":
          return {
            __typename: "StaleDraftProblem",
            reason: "Another device saved a newer draft.",
            draft: outcome.draft,
          };
        default:
          throw notFound("conversation", "input.conversationId", conversationId);
      }
    },
  },

  Conversation: { draft: draftOf },

  DraftChanged: {
    async draft({ conversationId }, _args, { loaders }) {
      const conversation = await loaders.conversation.load(conversationId);
      return conversation && draftOf(conversation);
    },
  },
};

function draftOf(conversation: ConversationRow): DraftRow | null {
  const { draftBody, draftReplyToId, draftVersion, draftChangedAt } = conversation;
  if (draftBody === null || draftVersion === null || draftChangedAt === null) return null;
  return {
    body: draftBody,
    replyToId: draftReplyToId,
    version: draftVersion,
    changedAt: draftChangedAt,
  };
}
