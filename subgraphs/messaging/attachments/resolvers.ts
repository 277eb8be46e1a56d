// Resolvers of attachments: arguments to calls, outcomes to types.
import { canonicalId } from "#kit/data/id";
import { notFound } from "#kit/errors";
import { beginProblemOf, fileLinkOf, finishProblemOf, ticketOf } from "#kit/files/answers";
import { linkTo } from "#kit/files/links";
import { requireViewer } from "#kit/trust/identity";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { idOf } from "../arguments.ts";
import type { Context } from "../context.ts";
import type { AttachmentsResolvers } from "../generated/resolvers.ts";
import { problemOf } from "../problems.ts";
import { notAllowed } from "../refusals.ts";
import {
  cancelAttachmentUpload,
  createAttachmentUpload,
  finishAttachmentUpload,
} from "./actions.ts";
import type { AttachmentRow } from "./store.ts";

const KINDS = { image: "IMAGE", audio: "AUDIO", document: "DOCUMENT" } as const;

export const resolvers: AttachmentsResolvers = {
  Query: {
    async attachments(_root, { ids }, context) {
      const known = ids.flatMap((id) => canonicalId(id) ?? []);
      const found = await Promise.all(
        [...new Set(known)].map((id) => context.loaders.attachment.load(id)),
      );
      return found.filter((each) => each !== null);
    },
  },

  Mutation: {
    async createAttachmentUpload(_root, { input }, context) {
      const { fileName, ...file } = input.file;
      const conversationId = idOf("conversation", "input.conversationId", input.conversationId);
      const given = { ...file, fileName: fileName ?? null };
      const outcome = await createAttachmentUpload(context, conversationId, given);
      switch (outcome.kind) {
        case "begun":
          return { __typename: "CreateAttachmentUploadSuccess", ticket: ticketOf(outcome.ticket) };
        case "requestPending":
          return problemOf(outcome.kind);
        case "notAllowed":
          return notAllowed(outcome);
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("conversation", "input.conversationId", input.conversationId);
        default:
          return beginProblemOf(outcome);
      }
    },

    async finishAttachmentUpload(_root, { input }, context) {
      const outcome = await finishAttachmentUpload(context, input.uploadId);
      switch (outcome.kind) {
        case "arrived": {
          const { attachment } = outcome;
          return { __typename: "FinishAttachmentUploadSuccess", attachment };
        }
        case "notFound":
          throw notFound("upload", "input.uploadId", input.uploadId);
        default:
          return finishProblemOf(outcome);
      }
    },

    async cancelAttachmentUpload(_root, { input }, context) {
      const { kind } = await cancelAttachmentUpload(context, input.uploadId);
      switch (kind) {
        case "cancelled":
          return { __typename: "CancelAttachmentUploadSuccess", uploadId: input.uploadId };
        case "used":
          return problemOf("attachmentNotUsable");
        case "notFound":
          throw notFound("upload", "input.uploadId", input.uploadId);
      }
    },
  },

  Attachment: {
    kind: ({ kind }) => kind && KINDS[kind],
    placeholder: ({ placeholder }) => placeholder && `data:image/webp;base64,${placeholder}`,
    link: (attachment, _args, context) => linkOf(context, attachment, "screen"),
    preview: (attachment, _args, context) =>
      attachment.kind === "image" ? linkOf(context, attachment, "preview") : null,
  },
};

/** The viewer may have the link: the attachment was loaded for them just now. */
function linkOf(context: Context, attachment: AttachmentRow, rendition: string) {
  if (attachment.state !== "READY") return null;
  const holder = requireViewer(context).id;
  const picture = attachment.kind === "image" ? { rendition } : {};
  return fileLinkOf(linkTo(context, attachment, { ...picture, holder }));
}
