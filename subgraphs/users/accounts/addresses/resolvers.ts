// Resolvers of addresses: arguments to calls, outcomes to types.
import type { AddressesResolvers } from "../../generated/resolvers.ts";
import { resendVerification, verifyEmail, verifyEmailByCode } from "./actions.ts";

export const resolvers: AddressesResolvers = {
  Mutation: {
    async verifyEmail(_root, { input }, context) {
      const outcome = await verifyEmail(context, input.token);
      if (outcome.kind !== "verified") return refusal(outcome);
      const { userId, isNewlyVerified } = outcome;
      return { __typename: "VerifyEmailSuccess", userId, isNewlyVerified };
    },

    async verifyEmailByCode(_root, { input }, context) {
      const outcome = await verifyEmailByCode(context, input.code.replaceAll(/\s/g, ""));
      switch (outcome.kind) {
        case "verified": {
          const { isNewlyVerified } = outcome;
          return { __typename: "VerifyEmailByCodeSuccess", isNewlyVerified };
        }
        case "wrong":
          return {
            __typename: "WrongVerificationCodeProblem",
            reason: "The code is wrong. Look for the newest mail.",
            attemptsLeft: outcome.attemptsLeft,
          };
        default:
          return refusal(outcome);
      }
    },

    async resendVerification(_root, _args, context) {
      const outcome = await resendVerification(context);
      switch (outcome.kind) {
        case "sent":
          return {
            __typename: "ResendVerificationSuccess",
            retryAfterMs: outcome.retryAfterMs,
          };
        case "limited":
          return {
            __typename: "VerificationLimitedProblem",
            reason: "A mail was sent a moment ago. Look into your spam folder too.",
            retryAfterMs: outcome.retryAfterMs,
          };
        case "verified":
          return {
            __typename: "EmailVerifiedProblem",
            reason: "Your address is confirmed already.",
          };
      }
    },
  },

  User: {
    async isEmailVerified(person, _args, { loaders }) {
      return (await loaders.address.load(person.id))?.isVerified ?? null;
    },
  },
};

function refusal({ kind }: { readonly kind: "owned" | "invalid" }) {
  switch (kind) {
    case "owned":
      return {
        __typename: "EmailOwnedProblem",
        reason: "This address belongs to another account of yours. Sign in to that one.",
      } as const;
    case "invalid":
      return {
        __typename: "InvalidVerificationProblem",
        reason: "This link or code does not work any more. Ask for a new one.",
      } as const;
  }
}
