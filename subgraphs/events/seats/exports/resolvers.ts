// Resolvers of exports: arguments to a call, outcomes to types.
import { fail, notFound } from "#kit/errors";
import type { ExportsResolvers } from "../../generated/resolvers.ts";
import { createExport } from "./actions.ts";

export const resolvers: ExportsResolvers = {
  Mutation: {
    async createRegistrationsExport(_root, { input }, context) {
      const outcome = await createExport(context, input.eventId);
      switch (outcome.kind) {
        case "created": {
          const { path, expiresAt } = outcome;
          return { __typename: "CreateRegistrationsExportSuccess", path, expiresAt };
        }
        case "forbidden":
          throw fail("FORBIDDEN", "Only those who may see the event's registrations export them.");
        case "notFound":
          throw notFound("event", "input.eventId", input.eventId);
      }
    },
  },
};
