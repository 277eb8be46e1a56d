// Resolvers of avatars: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { beginProblemOf, finishProblemOf, ticketOf } from "#kit/files/answers";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { AvatarsResolvers } from "../../generated/resolvers.ts";
import type { UserRow } from "../profiles/store.ts";
import { createAvatarUpload, finishAvatarUpload, removeAvatar } from "./actions.ts";
import { avatarLink } from "./links.ts";

const RENDITIONS = { LIST: "list", SCREEN: "screen" } as const;

export const resolvers: AvatarsResolvers = {
  Mutation: {
    async createAvatarUpload(_root, { input }, context) {
      const { fileName, ...file } = input.file;
      const outcome = await createAvatarUpload(context, { ...file, fileName: fileName ?? null });
      if (outcome.kind !== "begun") return beginProblemOf(outcome);
      return { __typename: "CreateAvatarUploadSuccess", ticket: ticketOf(outcome.ticket) };
    },

    async finishAvatarUpload(_root, { input }, context) {
      const outcome = await finishAvatarUpload(context, input.uploadId);
      switch (outcome.kind) {
        case "arrived":
          context.loaders.avatarUpload.clear(outcome.file.ownerId);
          return { __typename: "FinishAvatarUploadSuccess", user: await viewerOf(context) };
        case "notFound":
          throw notFound("upload", "input.uploadId", input.uploadId);
        default:
          return finishProblemOf(outcome);
      }
    },

    async removeAvatar(_root, _args, context) {
      const user = await removeAvatar(context);
      if (!user) throw notFound("person", "viewer", requireViewer(context).id);
      context.loaders.user.clear(user.id).prime(user.id, user);
      context.loaders.avatarUpload.clear(user.id);
      return { __typename: "RemoveAvatarSuccess", user };
    },
  },

  User: {
    avatarUrl: ({ avatarFileId }, { size }, { storage }) =>
      avatarFileId === null ? null : avatarLink(storage, avatarFileId, RENDITIONS[size]),
    avatarUpload: ({ id }, _args, { loaders }) => loaders.avatarUpload.load(id),
  },
};

async function viewerOf(context: Context): Promise<UserRow> {
  const { id } = requireViewer(context);
  const user = await context.loaders.user.load(id);
  if (!user) throw notFound("person", "viewer", id);
  return user;
}
