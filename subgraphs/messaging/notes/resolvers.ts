// Resolvers of the note to self.
import { notFound } from "#kit/errors";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import type { NotesResolvers } from "../generated/resolvers.ts";
import { openNoteToSelf } from "./actions.ts";

export const resolvers: NotesResolvers = {
  Mutation: {
    async openNoteToSelf(_root, _args, context) {
      const outcome = await openNoteToSelf(context);
      if (outcome.kind === "notVerified") return EMAIL_NOT_VERIFIED;
      const id = outcome.kind === "open" ? outcome.conversationId : null;
      const conversation = id && (await context.loaders.conversation.load(id));
      if (!conversation) throw notFound("conversation", "conversation", id ?? "");
      return { __typename: "OpenNoteToSelfSuccess", conversation };
    },
  },
};
