// Resolvers of passwords: arguments to calls, outcomes to types.
import type { PasswordsResolvers } from "../../generated/resolvers.ts";
import { tooManyAttemptsProblem } from "../attempts.ts";
import { reauthenticationProblem } from "../recent-authentication.ts";
import { changePassword, requestPasswordReset, resetPassword } from "./actions.ts";

export const resolvers: PasswordsResolvers = {
  Mutation: {
    async changePassword(_root, { input }, context) {
      const outcome = await changePassword(context, input);
      switch (outcome.kind) {
        case "changed":
          return { __typename: "ChangePasswordSuccess", sessionsEnded: outcome.sessionsEnded };
        case "wrong":
          return {
            __typename: "WrongPasswordProblem",
            reason: "This is not your current password.",
          };
        case "tooManyAttempts":
          return tooManyAttemptsProblem(outcome);
        case "reauthenticate":
          return reauthenticationProblem(outcome);
        case "weak":
          return { __typename: "WeakPasswordProblem", ...outcome };
      }
    },

    async requestPasswordReset(_root, { input }, context) {
      const linkLifeSeconds = await requestPasswordReset(context, input.email);
      return { __typename: "RequestPasswordResetSuccess", linkLifeSeconds };
    },

    async resetPassword(_root, { input }, context) {
      const outcome = await resetPassword(context, input);
      switch (outcome.kind) {
        case "reset":
          return { __typename: "ResetPasswordSuccess", ...outcome };
        case "invalid":
          return {
            __typename: "InvalidResetTokenProblem",
            reason: "This link has been used, is too old or was replaced. Ask for a new one.",
          };
        case "weak":
          return { __typename: "WeakPasswordProblem", ...outcome };
      }
    },
  },
};
