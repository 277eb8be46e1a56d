// The mails about an address. Strangers can have them sent to any address, so they repeat nothing
// that the stranger has entered, such as a name.
import { z } from "zod";
import { mailKind } from "#kit/mail/kinds";

const PAGE = "/app/verify-email";

/** Asks whether an address is that of a new account. */
export const emailVerification = mailKind(
  "email.verify",
  z.object({ token: z.string(), code: z.string() }),
  {
    en: ({ token, code }, links) => ({
      subject: "Confirm your e-mail address",
      lines: [
        "Hello,",
        "somebody has signed up at Meetinity with this address. If it was you, enter this code:",
      ],
      code,
      action: { label: "Or confirm your address here", url: links.to(PAGE, { token }) },
      after: [
        "Code and link work for 24 hours.",
        "If it was not you, do nothing: the account is deleted after 7 days.",
      ],
    }),
    fr: ({ token, code }, links) => ({
      subject: "Confirmez votre adresse e-mail",
      lines: [
        "Bonjour,",
        "quelqu’un s’est inscrit sur Meetinity avec cette adresse. Si c’est vous, saisissez ce code :",
      ],
      code,
      action: { label: "Ou confirmez votre adresse ici", url: links.to(PAGE, { token }) },
      after: [
        "Le code et le lien sont valables 24 heures.",
        "Si ce n’est pas vous, ne faites rien : ce compte sera supprimé au bout de 7 jours.",
      ],
    }),
  },
);

/** Tells the owner of an address that somebody has signed up with it. It can confirm nothing. */
export const emailOwned = mailKind("email.owned", z.object({}), {
  en: (_params, links) => ({
    subject: "You have an account already",
    lines: [
      "Hello,",
      "somebody wanted to sign up at Meetinity with this address. You have an account: sign in.",
    ],
    action: { label: "Sign in", url: links.to("/app/sign-in") },
    after: [
      "If you have forgotten your password, choose a new one from there.",
      "If it was not you, do nothing: nobody can use your account without your password.",
    ],
  }),
  fr: (_params, links) => ({
    subject: "Vous avez déjà un compte",
    lines: [
      "Bonjour,",
      "quelqu’un a voulu s’inscrire sur Meetinity avec cette adresse. Vous avez un compte : connectez-vous.",
    ],
    action: { label: "Se connecter", url: links.to("/app/sign-in") },
    after: [
      "Si vous avez oublié votre mot de passe, vous pourrez en choisir un autre.",
      "Si ce n’est pas vous, ne faites rien : sans votre mot de passe, personne n’utilise votre compte.",
    ],
  }),
});

/** Asks whether the new address of an account is theirs. Goes to the new address. */
export const emailChange = mailKind(
  "email.change",
  z.object({ token: z.string(), code: z.string() }),
  {
    en: ({ token, code }, links) => ({
      subject: "Confirm your new e-mail address",
      lines: [
        "Hello,",
        "somebody wants this address for an account at Meetinity. If it was you, enter this code:",
      ],
      code,
      action: { label: "Or confirm your address here", url: links.to(PAGE, { token }) },
      after: ["Code and link work for 24 hours.", "If it was not you, do nothing."],
    }),
    fr: ({ token, code }, links) => ({
      subject: "Confirmez votre nouvelle adresse e-mail",
      lines: [
        "Bonjour,",
        "quelqu’un veut cette adresse pour un compte Meetinity. Si c’est vous, saisissez ce code :",
      ],
      code,
      action: { label: "Ou confirmez votre adresse ici", url: links.to(PAGE, { token }) },
      after: [
        "Le code et le lien sont valables 24 heures.",
        "Si ce n’est pas vous, ne faites rien.",
      ],
    }),
  },
);

/** Tells the former address of an account that it has another one, and how to undo that. */
export const emailChanged = mailKind(
  "email.changed",
  z.object({ token: z.string(), newEmail: z.string() }),
  {
    en: ({ token, newEmail }, links, { displayName }) => ({
      subject: "Your e-mail address was changed",
      lines: [
        `Hello ${displayName},`,
        `your account at Meetinity now has the address ${newEmail}, and no longer this one.`,
        "If it was you, there is nothing to do. If it was not, somebody else is in your account:",
      ],
      action: { label: "Undo the change", url: links.to("/app/undo-email", { token }) },
      after: [
        "The link works for 72 hours. It signs out all devices, and you choose a new password.",
      ],
    }),
    fr: ({ token, newEmail }, links, { displayName }) => ({
      subject: "Votre adresse e-mail a été modifiée",
      lines: [
        `Bonjour ${displayName},`,
        `votre compte Meetinity a désormais l’adresse ${newEmail}, et non plus celle-ci.`,
        "Si c’est vous, il n’y a rien à faire. Sinon, quelqu’un d’autre est dans votre compte :",
      ],
      action: { label: "Annuler la modification", url: links.to("/app/undo-email", { token }) },
      after: [
        "Le lien est valable 72 heures. Il déconnecte tous les appareils.",
        "Vous choisirez ensuite un nouveau mot de passe.",
      ],
    }),
  },
);

/** Tells the owner of an account that it has their address again. */
export const emailChangeUndone = mailKind(
  "email.undone",
  z.object({ isFactorRemoved: z.boolean() }),
  {
    en: ({ isFactorRemoved }, links, { displayName }) => ({
      subject: "Your account has this address again",
      lines: [
        `Hello ${displayName},`,
        "the change of your e-mail address was undone. All devices are signed out, and your former " +
          "password no longer works.",
        ...(isFactorRemoved
          ? [
              "Two-step sign-in is off: it was turned on at the time of the change, perhaps by " +
                "somebody else. If it was you, turn it on again.",
            ]
          : []),
      ],
      action: { label: "Choose a new password", url: links.to("/app/forgot-password") },
    }),
    fr: ({ isFactorRemoved }, links, { displayName }) => ({
      subject: "Votre compte a de nouveau cette adresse",
      lines: [
        `Bonjour ${displayName},`,
        "la modification de votre adresse e-mail a été annulée. Tous les appareils sont déconnectés, " +
          "et votre ancien mot de passe ne fonctionne plus.",
        ...(isFactorRemoved
          ? [
              "La connexion en deux étapes est désactivée : elle avait été activée au moment de la " +
                "modification, peut-être par quelqu’un d’autre. Si c’était vous, réactivez-la.",
            ]
          : []),
      ],
      action: {
        label: "Choisir un nouveau mot de passe",
        url: links.to("/app/forgot-password"),
      },
    }),
  },
);

/** Tells the address that an account has lost: its owner may have changed it themselves. */
export const emailLost = mailKind("email.lost", z.object({}), {
  en: () => ({
    subject: "An account no longer has this address",
    lines: [
      "Hello,",
      "the change of an account at Meetinity to this address was undone from its former address.",
    ],
    after: [
      "If the account is yours and it was not you, somebody reads the mails of your former address: " +
        "secure that mailbox, and write to us.",
      "If you know of no account, do nothing.",
    ],
  }),
  fr: () => ({
    subject: "Un compte n’a plus cette adresse",
    lines: [
      "Bonjour,",
      "le passage d’un compte Meetinity à cette adresse a été annulé depuis son ancienne adresse.",
    ],
    after: [
      "Si ce compte est le vôtre et que ce n’était pas vous, quelqu’un lit les messages de votre " +
        "ancienne adresse : sécurisez cette boîte, et écrivez-nous.",
      "Si vous ne connaissez aucun compte, ne faites rien.",
    ],
  }),
});
