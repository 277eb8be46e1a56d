// Resolvers of pictures of groups: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { beginProblemOf, finishProblemOf, ticketOf } from "#kit/files/answers";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf } from "../arguments.ts";
import type { PicturesResolvers } from "../generated/resolvers.ts";
import { DIRECT, notAllowed } from "../refusals.ts";
import { hasRight } from "../rights.ts";
import { createPictureUpload, finishPictureUpload, removePicture } from "./actions.ts";
import { pictureLink } from "./links.ts";

const RENDITIONS = { LIST: "list", SCREEN: "screen" } as const;
const FIELD = "input.conversationId";

export const resolvers: PicturesResolvers = {
  Mutation: {
    async createConversationPictureUpload(_root, { input }, context) {
      const id = idOf("conversation", FIELD, input.conversationId);
      const { fileName, ...file } = input.file;
      const outcome = await createPictureUpload(context, id, {
        ...file,
        fileName: fileName ?? null,
      });
      switch (outcome.kind) {
        case "begun": {
          const ticket = ticketOf(outcome.ticket);
          return { __typename: "CreateConversationPictureUploadSuccess", ticket };
        }
        case "notAllowed":
          return notAllowed(outcome);
        case "direct":
          return DIRECT;
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("conversation", FIELD, input.conversationId);
        default:
          return beginProblemOf(outcome);
      }
    },

    async finishConversationPictureUpload(_root, { input }, context) {
      const outcome = await finishPictureUpload(context, input.uploadId);
      switch (outcome.kind) {
        case "arrived": {
          const { conversationId } = outcome;
          const conversation = await context.loaders.conversation.load(conversationId);
          if (!conversation) throw notFound("upload", "input.uploadId", input.uploadId);
          return { __typename: "FinishConversationPictureUploadSuccess", conversation };
        }
        case "notFound":
          throw notFound("upload", "input.uploadId", input.uploadId);
        default:
          return finishProblemOf(outcome);
      }
    },

    async removeConversationPicture(_root, { input }, context) {
      const id = idOf("conversation", FIELD, input.conversationId);
      const outcome = await removePicture(context, id);
      switch (outcome.kind) {
        case "removed": {
          const conversation = await context.loaders.conversation.load(id);
          if (!conversation) throw notFound("conversation", FIELD, input.conversationId);
          return { __typename: "RemoveConversationPictureSuccess", conversation };
        }
        case "notAllowed":
          return notAllowed(outcome);
        case "direct":
          return DIRECT;
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("conversation", FIELD, input.conversationId);
      }
    },
  },

  Conversation: {
    pictureUrl: ({ pictureFileId }, { size }, { storage }) =>
      pictureFileId === null ? null : pictureLink(storage, pictureFileId, RENDITIONS[size]),
    pictureUpload: (conversation, _args, { loaders }) => {
      const { viewerRole: role } = conversation;
      if (role === null || !hasRight({ ...conversation, role }, "CHANGE_DETAILS")) return null;
      return loaders.pictureUpload.load(conversation.id);
    },
  },
};
