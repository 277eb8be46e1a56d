// Resolvers of sessions: arguments to calls, outcomes to types.

import { cleanLine } from "#kit/input/text";
import { invariant } from "#kit/invariant";
import type { Context } from "../../context.ts";
import type { SessionsResolvers } from "../../generated/resolvers.ts";
import { refreshSession, type SignedIn, signIn, signOut, signUp } from "./actions.ts";

export const resolvers: SessionsResolvers = {
  Mutation: {
    async signUp(_root, { input }, context) {
      const { email, password, displayName } = input;
      const outcome = await signUp(context, {
        email,
        password,
        displayName: cleanLine(displayName),
      });
      switch (outcome.kind) {
        case "signedIn":
          return { __typename: "SignUpSuccess", ...(await tokensOf(outcome, context)) };
        case "emailTaken":
          return {
            __typename: "EmailTakenProblem",
            reason: "An account with this address exists already. Sign in instead.",
          };
        case "weak":
          return {
            __typename: "WeakPasswordProblem",
            reason: outcome.reason,
            minLength: outcome.minLength,
          };
      }
    },

    async signIn(_root, { input }, context) {
      const outcome = await signIn(context, input);
      switch (outcome.kind) {
        case "signedIn":
          return { __typename: "SignInSuccess", ...(await tokensOf(outcome, context)) };
        case "invalid":
          return {
            __typename: "InvalidCredentialsProblem",
            reason: "The e-mail address or the password is wrong.",
          };
      }
    },

    async refreshSession(_root, { input }, context) {
      const outcome = await refreshSession(context, input.refreshToken);
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

/** The tokens, and the person with their own view of themselves: the request was anonymous. */
async function tokensOf({ userId, access, refreshToken }: SignedIn, context: Context) {
  const viewer = await context.loaders.user.load(userId);
  invariant(viewer, "a session belongs to nobody", { userId });
  return {
    accessToken: access.token,
    refreshToken,
    expiresAt: access.expiresAt,
    expiresIn: access.lifeSeconds,
    viewer: { ...viewer, isOwn: true },
  };
}
