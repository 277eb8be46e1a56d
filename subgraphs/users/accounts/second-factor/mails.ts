// The mails to a person about every change of their second factor: a change that is not theirs must
// not go unnoticed.
import { z } from "zod";
import { type MailKind, mailKind } from "#kit/mail/kinds";
import type { MailContent, MailLanguage } from "#kit/mail/layout";

interface Text {
  readonly subject: string;
  readonly line: string;
}

const nothing = z.object({});

/** A mail that greets, says what has changed, and what to do if it was somebody else. */
function changeMail<Params extends z.ZodType>(
  name: string,
  params: Params,
  texts: Readonly<Record<MailLanguage, (params: z.output<Params>) => Text>>,
): MailKind<Params> {
  return mailKind(name, params, {
    en: (given, links, { displayName }): MailContent => {
      const { subject, line } = texts.en(given);
      return {
        subject,
        lines: [
          `Hello ${displayName},`,
          line,
          "If this was not you, change your password now and end all other sessions.",
        ],
        action: { label: "Open your account", url: links.to("/app/settings/security") },
      };
    },
    fr: (given, links, { displayName }): MailContent => {
      const { subject, line } = texts.fr(given);
      return {
        subject,
        lines: [
          `Bonjour ${displayName},`,
          line,
          "Si ce n’était pas vous, changez tout de suite votre mot de passe et fermez toutes les " +
            "autres sessions.",
        ],
        action: { label: "Ouvrir votre compte", url: links.to("/app/settings/security") },
      };
    },
  });
}

export const secondFactorOn = changeMail("second-factor.on", z.object({ isNewApp: z.boolean() }), {
  en: ({ isNewApp }) =>
    isNewApp
      ? {
          subject: "Your codes come from another app now",
          line: "another app now makes the codes for signing in. Your earlier recovery codes are void.",
        }
      : {
          subject: "Two-step sign-in is on",
          line:
            "signing in to your account now takes a code of your app as well. " +
            "Your other sessions have ended.",
        },
  fr: ({ isNewApp }) =>
    isNewApp
      ? {
          subject: "Vos codes viennent maintenant d’une autre application",
          line:
            "une autre application produit maintenant vos codes de connexion. " +
            "Vos anciens codes de secours ne sont plus valables.",
        }
      : {
          subject: "La connexion en deux étapes est activée",
          line:
            "la connexion à votre compte demande maintenant aussi un code de votre application. " +
            "Vos autres sessions sont fermées.",
        },
});

export const secondFactorOff = changeMail("second-factor.off", nothing, {
  en: () => ({
    subject: "Two-step sign-in is off",
    line: "signing in to your account takes no code any more, only your password.",
  }),
  fr: () => ({
    subject: "La connexion en deux étapes est désactivée",
    line: "la connexion à votre compte ne demande plus de code, seulement votre mot de passe.",
  }),
});

export const secondFactorReset = changeMail("second-factor.reset", nothing, {
  en: () => ({
    subject: "An admin has turned off two-step sign-in",
    line:
      "an admin has turned off the codes for signing in to your account, and ended your sessions. " +
      "Sign in with your password, and turn two-step sign-in on again.",
  }),
  fr: () => ({
    subject: "Un administrateur a désactivé la connexion en deux étapes",
    line:
      "un administrateur a désactivé les codes de connexion à votre compte et fermé vos sessions. " +
      "Connectez-vous avec votre mot de passe, puis réactivez la connexion en deux étapes.",
  }),
});

export const recoveryCodesRenewed = changeMail("recovery-codes.renewed", nothing, {
  en: () => ({
    subject: "You have new recovery codes",
    line: "new recovery codes were made for your account. The earlier ones are void.",
  }),
  fr: () => ({
    subject: "Vous avez de nouveaux codes de secours",
    line:
      "de nouveaux codes de secours ont été créés pour votre compte. " +
      "Les anciens ne sont plus valables.",
  }),
});

export const recoveryCodeUsed = changeMail(
  "recovery-code.used",
  z.object({ left: z.number().int() }),
  {
    en: ({ left }) => ({
      subject: "A recovery code was used",
      line: `a recovery code of your account was used. ${leftInEnglish(left)}`,
    }),
    fr: ({ left }) => ({
      subject: "Un code de secours a été utilisé",
      line: `un code de secours de votre compte a été utilisé. ${leftInFrench(left)}`,
    }),
  },
);

function leftInEnglish(left: number): string {
  if (left === 0) return "It was the last one: make new ones in the settings of your account.";
  return left === 1 ? "One code is left." : `${left} codes are left.`;
}

function leftInFrench(left: number): string {
  if (left === 0) return "C’était le dernier : créez-en d’autres dans les réglages du compte.";
  return left === 1 ? "Il en reste un." : `Il en reste ${left}.`;
}

export const secondFactorMails: readonly MailKind[] = [
  secondFactorOn,
  secondFactorOff,
  secondFactorReset,
  recoveryCodesRenewed,
  recoveryCodeUsed,
];
