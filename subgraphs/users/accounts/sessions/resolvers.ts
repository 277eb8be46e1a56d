// Resolvers of sessions: arguments to calls, outcomes to types.
import type { SessionsResolvers } from "../../generated/resolvers.ts";
import { countSignIn } from "../../metrics.ts";
import { tooManyAttemptsProblem } from "../attempts.ts";
import { secondFactorRequired, tokensOf } from "../signing-in.ts";
import { accountSuspended } from "../suspended.ts";
import { refreshSession, signIn, signOut } from "./actions.ts";

export const resolvers: SessionsResolvers = {
  Mutation: {
    async signIn(_root, { input }, context) {
      const outcome = await countSignIn("password", signIn(context, input));
      switch (outcome.kind) {
        case "signedIn":
          return { __typename: "SignInSuccess", ...(await tokensOf(outcome, context)) };
        case "secondFactor":
          return secondFactorRequired(outcome);
        case "suspended":
          return accountSuspended(outcome);
        case "invalid":
          return {
            __typename: "InvalidCredentialsProblem",
            reason: "The e-mail address or the password is wrong.",
          };
        case "tooManyAttempts":
          return tooManyAttemptsProblem(outcome);
      }
    },

    async refreshSession(_root, { input }, context) {
      const outcome = await countSignIn("refresh", refreshSession(context, input.refreshToken));
      switch (outcome.kind) {
        case "signedIn":
          return { __typename: "RefreshSessionSuccess", ...(await tokensOf(outcome, context)) };
        case "invalid":
          return {
            __typename: "InvalidRefreshTokenProblem",
            reason: "The session has ended. Sign in again.",
          };
      }
    },

    async signOut(_root, _args, context) {
      return { __typename: "SignOutSuccess", sessionId: await signOut(context) };
    },
  },
};
