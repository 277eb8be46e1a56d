// Resolvers of addresses: arguments to calls, outcomes to types.
import { readableEmail } from "#kit/input/email";
import { invariant } from "#kit/invariant";
import type { AddressesResolvers } from "../../generated/resolvers.ts";
import { tooManyAttemptsProblem } from "../attempts.ts";
import { reauthenticationProblem } from "../recent-authentication.ts";
import { cancelEmailChange } from "./actions/cancel-email-change.ts";
import { changeEmail } from "./actions/change-email.ts";
import { resendVerification } from "./actions/resend-verification.ts";
import { undoEmailChange } from "./actions/undo-email-change.ts";
import { verifyEmail, verifyEmailByCode } from "./actions/verify-email.ts";

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
        case "tooManyAttempts":
          return tooManyAttemptsProblem(outcome);
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
          return limited(outcome);
        case "verified":
          return {
            __typename: "EmailVerifiedProblem",
            reason: "Your address is confirmed already.",
          };
      }
    },

    async changeEmail(_root, { input }, context) {
      const outcome = await changeEmail(context, input.newEmail);
      switch (outcome.kind) {
        case "asked": {
          const { newEmail, isPending } = outcome;
          return {
            __typename: "ChangeEmailSuccess",
            newEmail: readableEmail(newEmail),
            isPending,
          };
        }
        case "unchanged":
          return {
            __typename: "EmailUnchangedProblem",
            reason: "This is the address of your account.",
          };
        case "taken":
          return {
            __typename: "EmailTakenProblem",
            reason: "Another account has this address.",
          };
        case "limited":
          return limited(outcome);
        case "reauthenticate":
          return reauthenticationProblem(outcome);
      }
    },

    async cancelEmailChange(_root, _args, context) {
      const id = await cancelEmailChange(context);
      const viewer = await context.loaders.user.load(id);
      invariant(viewer, "a session belongs to nobody", { id });
      return { __typename: "CancelEmailChangeSuccess", viewer };
    },

    async undoEmailChange(_root, { input }, context) {
      const outcome = await undoEmailChange(context, input.token);
      if (outcome.kind !== "undone") return refusal({ kind: outcome.kind });
      const { email, resetToken } = outcome;
      return { __typename: "UndoEmailChangeSuccess", email: readableEmail(email), resetToken };
    },
  },

  User: {
    pendingEmail: (person, _args, { loaders }) => loaders.pendingEmail.load(person.id),

    async isEmailVerified(person, _args, { loaders }) {
      return (await loaders.address.load(person.id))?.isVerified ?? null;
    },
  },
};

function limited({ retryAfterMs }: { readonly retryAfterMs: number }) {
  return {
    __typename: "VerificationLimitedProblem",
    reason: "A mail was sent a moment ago. Look into your spam folder too.",
    retryAfterMs,
  } as const;
}

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
