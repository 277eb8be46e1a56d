// Resolvers of second factors: arguments to calls, outcomes to types.
import encodeQR from "qr";
import { notFound } from "#kit/errors";
import { invariant } from "#kit/invariant";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { SecondFactorResolvers } from "../../generated/resolvers.ts";
import { countSignIn } from "../../metrics.ts";
import { tooManyAttemptsProblem } from "../attempts.ts";
import { reauthenticationProblem } from "../recent-authentication.ts";
import { invalidCode, needsSecondFactor } from "../second-factors.ts";
import { tokensOf } from "../signing-in.ts";
import { accountSuspended } from "../suspended.ts";
import {
  answerSecondFactor,
  confirmTotp,
  disableTotp,
  enrollTotp,
  renewRecoveryCodes,
  resetSecondFactor,
} from "./actions.ts";

export const resolvers: SecondFactorResolvers = {
  Mutation: {
    async enrollTotp(_root, _args, context) {
      const outcome = await enrollTotp(context);
      switch (outcome.kind) {
        case "enrolled": {
          const { secret, uri } = outcome;
          const qrSvg = encodeQR(uri, "svg", { ecc: "medium" });
          return { __typename: "EnrollTotpSuccess", secret, uri, qrSvg };
        }
        case "reauthenticate":
          return reauthenticationProblem(outcome);
      }
    },

    async confirmTotp(_root, { input }, context) {
      const outcome = await confirmTotp(context, input.code);
      switch (outcome.kind) {
        case "on": {
          const { recoveryCodes } = outcome;
          const viewer = await changedViewer(context);
          return { __typename: "ConfirmTotpSuccess", recoveryCodes: [...recoveryCodes], viewer };
        }
        case "wrong":
          return invalidCode();
        case "notPending":
          return {
            __typename: "NoPendingTotpProblem",
            reason: "This took too long, or is done already. Begin again.",
          };
      }
    },

    async disableTotp(_root, _args, context) {
      const outcome = await disableTotp(context);
      switch (outcome.kind) {
        case "off":
          return { __typename: "DisableTotpSuccess", viewer: await changedViewer(context) };
        case "needed":
          return {
            __typename: "RoleNeedsSecondFactorProblem",
            reason: "Your role needs a second factor. You can replace the app instead.",
          };
        case "reauthenticate":
          return reauthenticationProblem(outcome);
      }
    },

    async renewRecoveryCodes(_root, _args, context) {
      const outcome = await renewRecoveryCodes(context);
      switch (outcome.kind) {
        case "renewed": {
          const { recoveryCodes } = outcome;
          const viewer = await changedViewer(context);
          const codes = [...recoveryCodes];
          return { __typename: "RenewRecoveryCodesSuccess", recoveryCodes: codes, viewer };
        }
        case "off":
          return factorOff();
        case "reauthenticate":
          return reauthenticationProblem(outcome);
      }
    },

    async answerSecondFactor(_root, { input }, context) {
      const outcome = await countSignIn("secondFactor", answerSecondFactor(context, input));
      switch (outcome.kind) {
        case "signedIn":
          return { __typename: "SignInSuccess", ...(await tokensOf(outcome, context)) };
        case "wrong":
          return {
            ...invalidCode(),
            __typename: "WrongSecondFactorCodeProblem",
            attemptsLeft: outcome.attemptsLeft,
          };
        case "suspended":
          return accountSuspended(outcome);
        case "tooManyAttempts":
          return tooManyAttemptsProblem(outcome);
        case "invalid":
        case "ended":
          return { __typename: "ChallengeEndedProblem", reason: "Sign in again." };
      }
    },

    async resetSecondFactor(_root, { input: { userId } }, context) {
      const outcome = await resetSecondFactor(context, userId);
      switch (outcome.kind) {
        case "reset":
          context.loaders.recoveryCodesLeft.clear(outcome.user.id);
          return { __typename: "ResetSecondFactorSuccess", user: outcome.user };
        case "off":
          return factorOff();
        case "reauthenticate":
          return reauthenticationProblem(outcome);
        case "notFound":
          throw notFound("person", "input.userId", userId);
      }
    },
  },

  User: {
    hasSecondFactor: async ({ id }, _args, { loaders }) =>
      (await loaders.recoveryCodesLeft.load(id)) !== null,
    async isSecondFactorMissing({ id, ...person }, _args, { loaders, secondFactorRequiredFor }) {
      if (person.isSecondFactorMissing !== undefined) return person.isSecondFactorMissing;
      if (secondFactorRequiredFor.size === 0) return false;
      const roles = await loaders.roles.load(id);
      if (!needsSecondFactor(roles, secondFactorRequiredFor)) return false;
      return (await loaders.recoveryCodesLeft.load(id)) === null;
    },
    recoveryCodesLeft: ({ id }, _args, { loaders }) => loaders.recoveryCodesLeft.load(id),
  },
};

/** The viewer after a change of their second factor. */
async function changedViewer(context: Context) {
  const { id } = requireViewer(context);
  context.loaders.recoveryCodesLeft.clear(id);
  const viewer = await context.loaders.user.load(id);
  invariant(viewer, "the viewer is nobody", { id });
  return viewer;
}

function factorOff() {
  return {
    __typename: "SecondFactorOffProblem" as const,
    reason: "There is no second factor.",
  };
}
