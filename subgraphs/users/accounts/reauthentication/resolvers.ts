// Resolvers of step-up: arguments to calls, outcomes to types.
import type { ReauthenticationResolvers } from "../../generated/resolvers.ts";
import { tooManyAttemptsProblem } from "../attempts.ts";
import { invalidCode } from "../second-factors.ts";
import { reauthenticate } from "./actions.ts";

export const resolvers: ReauthenticationResolvers = {
  Mutation: {
    async reauthenticate(_root, { input: { password, code = null } }, context) {
      const outcome = await reauthenticate(context, { password, code });
      switch (outcome.kind) {
        case "authenticated":
          return { __typename: "ReauthenticateSuccess", expiresAt: outcome.expiresAt };
        case "wrongPassword":
          return { __typename: "WrongPasswordProblem", reason: "The password is wrong." };
        case "tooManyAttempts":
          return tooManyAttemptsProblem(outcome);
        case "wrongCode":
          return invalidCode();
      }
    },
  },
};
