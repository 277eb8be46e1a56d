// Resolvers of visibility: arguments to a call, outcomes to types.
import { notFound } from "#kit/errors";
import type { VisibilityResolvers } from "../../generated/resolvers.ts";
import { changeVisibility } from "./actions.ts";

export const resolvers: VisibilityResolvers = {
  Mutation: {
    async changeVisibility(_root, { input }, context) {
      const outcome = await changeVisibility(context, input);
      switch (outcome.kind) {
        case "changed":
          return { __typename: "ChangeVisibilitySuccess", registration: outcome.registration };
        case "notFound":
          throw notFound("registration", "input.registrationId", input.registrationId);
      }
    },
  },
};
