// Resolvers of covers: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { beginProblemOf, finishProblemOf, ticketOf } from "#kit/files/answers";
import { editsEvent } from "../../access.ts";
import type { CoversResolvers } from "../../generated/resolvers.ts";
import { eventCancelled } from "../../problems.ts";
import { createCoverUpload, finishCoverUpload, removeCover } from "./actions.ts";
import { coverLink } from "./links.ts";

const RENDITIONS = { LIST: "list", SCREEN: "screen" } as const;

export const resolvers: CoversResolvers = {
  Mutation: {
    async createCoverUpload(_root, { input }, context) {
      const { fileName, ...file } = input.file;
      const given = { ...file, fileName: fileName ?? null };
      const outcome = await createCoverUpload(context, input.eventId, given);
      switch (outcome.kind) {
        case "begun":
          return { __typename: "CreateCoverUploadSuccess", ticket: ticketOf(outcome.ticket) };
        case "eventCancelled":
          return eventCancelled(outcome.cancelledAt);
        case "notFound":
          throw notFound("event", "input.eventId", input.eventId);
        default:
          return beginProblemOf(outcome);
      }
    },

    async finishCoverUpload(_root, { input }, context) {
      const outcome = await finishCoverUpload(context, input.uploadId);
      switch (outcome.kind) {
        case "arrived":
          return { __typename: "FinishCoverUploadSuccess", event: outcome.event };
        case "notFound":
          throw notFound("upload", "input.uploadId", input.uploadId);
        default:
          return finishProblemOf(outcome);
      }
    },

    async removeCover(_root, { input }, context) {
      const outcome = await removeCover(context, input.eventId);
      switch (outcome.kind) {
        case "removed":
          context.loaders.event.clear(input.eventId);
          return { __typename: "RemoveCoverSuccess", event: outcome.event };
        case "eventCancelled":
          return eventCancelled(outcome.cancelledAt);
        case "notFound":
          throw notFound("event", "input.eventId", input.eventId);
      }
    },
  },

  Event: {
    coverUrl: ({ coverFileId, status }, { size }, { storage }) =>
      coverFileId === null
        ? null
        : coverLink(storage, coverFileId, {
            rendition: RENDITIONS[size],
            isDraft: status === "DRAFT",
          }),
    coverUpload: async (event, _args, context) =>
      (await editsEvent(event, context)) ? context.loaders.coverUpload.load(event.id) : null,
  },
};
