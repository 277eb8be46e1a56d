// Resolvers of sign-up: arguments to calls, outcomes to types.
import { cleanLine } from "#kit/input/text";
import type { SignUpResolvers } from "../../generated/resolvers.ts";
import { reservedName } from "../../reserved-names.ts";
import { tokensOf } from "../signing-in.ts";
import { signUp } from "./actions.ts";

export const resolvers: SignUpResolvers = {
  Mutation: {
    async signUp(_root, { input }, context) {
      const { email, password, displayName, deviceToken, language } = input;
      const outcome = await signUp(context, {
        email,
        password,
        displayName: cleanLine(displayName),
        deviceToken,
        language,
      });
      switch (outcome.kind) {
        case "signedIn":
          return { __typename: "SignUpSuccess", ...(await tokensOf(outcome, context)) };
        case "emailTaken":
          return {
            __typename: "EmailTakenProblem",
            reason: "An account with this address exists already. Sign in instead.",
          };
        case "reserved":
          return { __typename: "ReservedNameProblem", ...reservedName(outcome.displayName) };
        case "weak":
          return {
            __typename: "WeakPasswordProblem",
            reason: outcome.reason,
            rule: outcome.rule,
            minLength: outcome.minLength,
          };
      }
    },
  },
};
