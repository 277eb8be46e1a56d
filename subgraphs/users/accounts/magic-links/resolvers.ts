// Resolvers of signing in by mail: arguments to calls, outcomes to types.
import type { MagicLinksResolvers } from "../../generated/resolvers.ts";
import { countSignIn } from "../../metrics.ts";
import { secondFactorRequired, tokensOf } from "../signing-in.ts";
import { accountSuspended } from "../suspended.ts";
import { requestMagicLink, signInWithMagicCode, signInWithMagicLink } from "./actions.ts";

const INVALID = {
  __typename: "InvalidMagicLinkProblem",
  reason: "This link or code has been used, is too old or was tried too often. Ask for a new one.",
} as const;

export const resolvers: MagicLinksResolvers = {
  Mutation: {
    async requestMagicLink(_root, { input }, context) {
      const { attempt, expiresAt, lifeSeconds } = await requestMagicLink(context, input);
      return {
        __typename: "RequestMagicLinkSuccess",
        attempt,
        expiresAt,
        expiresIn: lifeSeconds,
      };
    },

    async signInWithMagicLink(_root, { input }, context) {
      const outcome = await countSignIn("magicLink", signInWithMagicLink(context, input));
      if (outcome.kind === "signedIn") {
        return { __typename: "SignInSuccess", ...(await tokensOf(outcome, context)) };
      }
      if (outcome.kind === "secondFactor") return secondFactorRequired(outcome);
      if (outcome.kind === "suspended") return accountSuspended(outcome);
      if (outcome.kind === "refused" && outcome.why.kind === "elsewhere") {
        return {
          __typename: "OtherBrowserProblem",
          reason: "Open this link in the browser where you asked for it, or type the code there.",
        };
      }
      return INVALID;
    },

    async signInWithMagicCode(_root, { input }, context) {
      const outcome = await countSignIn("magicCode", signInWithMagicCode(context, input));
      if (outcome.kind === "signedIn") {
        return { __typename: "SignInSuccess", ...(await tokensOf(outcome, context)) };
      }
      if (outcome.kind === "secondFactor") return secondFactorRequired(outcome);
      if (outcome.kind === "suspended") return accountSuspended(outcome);
      if (outcome.kind === "refused" && outcome.why.kind === "wrong") {
        return {
          __typename: "WrongMagicCodeProblem",
          reason: "This is not the code of the mail.",
          attemptsLeft: outcome.why.attemptsLeft,
        };
      }
      return INVALID;
    },
  },
};
