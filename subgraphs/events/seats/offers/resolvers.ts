// Resolvers of offers: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import type { OffersResolvers } from "../../generated/resolvers.ts";
import { eventEnded } from "../../problems.ts";
import { wrongStatus } from "../problems.ts";
import { type AnswerOutcome, answerOffer } from "./actions.ts";

export const resolvers: OffersResolvers = {
  Mutation: {
    async acceptOffer(_root, { input }, context) {
      const outcome = await answerOffer(context, input.registrationId, "accept");
      return outcome.kind === "answered"
        ? { __typename: "AcceptOfferSuccess", registration: outcome.registration }
        : refusal(outcome, input.registrationId);
    },

    async declineOffer(_root, { input }, context) {
      const outcome = await answerOffer(context, input.registrationId, "decline");
      return outcome.kind === "answered"
        ? { __typename: "DeclineOfferSuccess", registration: outcome.registration }
        : refusal(outcome, input.registrationId);
    },
  },
};

function refusal(
  outcome: Exclude<AnswerOutcome, { readonly kind: "answered" }>,
  registrationId: string,
) {
  switch (outcome.kind) {
    case "expired":
      return {
        __typename: "OfferExpiredProblem",
        reason: "The offer has ended, and the seats went to the next.",
        expiredAt: outcome.expiredAt,
      } as const;
    case "wrongStatus":
      return wrongStatus(outcome.status);
    case "ended":
      return eventEnded(outcome.endedAt);
    case "notFound":
      throw notFound("registration", "input.registrationId", registrationId);
  }
}
