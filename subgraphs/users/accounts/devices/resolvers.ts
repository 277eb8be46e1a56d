// Resolvers of devices: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import type { DevicesResolvers } from "../../generated/resolvers.ts";
import { endOtherSessions, endOwnSession } from "./actions.ts";

const position = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([lastUsedAt, id]) => ({ lastUsedAt: new Date(lastUsedAt), id }));

export const resolvers: DevicesResolvers = {
  Mutation: {
    async endSession(_root, { input: { sessionId } }, context) {
      const outcome = await endOwnSession(context, sessionId);
      switch (outcome.kind) {
        case "ended":
          return { __typename: "EndSessionSuccess", sessionId };
        case "notFound":
          throw notFound("session", "input.sessionId", sessionId);
      }
    },

    async endOtherSessions(_root, _args, context) {
      const endedCount = await endOtherSessions(context);
      return { __typename: "EndOtherSessionsSuccess", endedCount };
    },
  },

  User: {
    async sessions(person, { first, after }, context) {
      const page = pageOf({ first, after }, position);
      const rows = await context.loaders.sessions(person.id, page);
      return connectionOf(rows, page, ({ id, createdAt, lastUsedAt, device }) => ({
        cursor: encodeCursor([lastUsedAt.toISOString(), id]),
        node: {
          id,
          isCurrent: id === context.viewer?.sessionId,
          device,
          createdAt,
          lastSeenAt: lastUsedAt,
        },
      }));
    },
  },
};
