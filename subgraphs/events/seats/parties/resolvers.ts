// Resolvers of parties: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import type { PartiesResolvers } from "../../generated/resolvers.ts";
import { eventEnded } from "../../problems.ts";
import { partyTooLarge, wrongStatus } from "../problems.ts";
import { changePartySize } from "./actions.ts";

export const resolvers: PartiesResolvers = {
  Mutation: {
    async changePartySize(_root, { input }, context) {
      const outcome = await changePartySize(context, input.registrationId, input.partySize);
      switch (outcome.kind) {
        case "changed":
          return { __typename: "ChangePartySizeSuccess", registration: outcome.registration };
        case "notEnough":
          return {
            __typename: "NotEnoughSeatsProblem",
            reason:
              outcome.waitlistLength > 0
                ? "Others wait for free seats."
                : "There are not enough free seats.",
            seatsLeft: outcome.seatsLeft,
            waitlistLength: outcome.waitlistLength,
          };
        case "partyTooLarge":
          return partyTooLarge(input.partySize, outcome);
        case "wrongStatus":
          return wrongStatus(outcome.status);
        case "ended":
          return eventEnded(outcome.endedAt);
        case "notFound":
          throw notFound("registration", "input.registrationId", input.registrationId);
      }
    },
  },
};
