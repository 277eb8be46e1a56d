// The mails about passwords.
import { z } from "zod";
import { mailKind } from "#kit/mail/kinds";
import { whenOf } from "../mail-times.ts";

export const passwordReset = mailKind("password.reset", z.object({ token: z.string() }), {
  en: ({ token }, links, { displayName }) => ({
    subject: "Choose a new password",
    lines: [
      `Hello ${displayName},`,
      "somebody, we hope you, asked for a new password for your Meetinity account.",
    ],
    action: { label: "Choose a password", url: links.to("/app/reset-password", { token }) },
    after: [
      "The link works once, within 30 minutes.",
      "If it was not you, do nothing: your password stays as it is.",
    ],
  }),
  fr: ({ token }, links, { displayName }) => ({
    subject: "Choisissez un nouveau mot de passe",
    lines: [
      `Bonjour ${displayName},`,
      "quelqu’un, vous sans doute, a demandé un nouveau mot de passe pour votre compte Meetinity.",
    ],
    action: { label: "Choisir un mot de passe", url: links.to("/app/reset-password", { token }) },
    after: [
      "Le lien fonctionne une fois, pendant 30 minutes.",
      "Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.",
    ],
  }),
});

export const passwordChanged = mailKind("password.changed", z.object({ at: z.iso.datetime() }), {
  en: ({ at }, links, { displayName }) => ({
    subject: "Your password was changed",
    lines: [
      `Hello ${displayName},`,
      `the password of your Meetinity account was changed on ${whenOf(at, "en")}.`,
      "All other devices were signed out. If it was you, there is nothing to do.",
      "If it was not, choose a new password now: that signs out everybody in your account.",
    ],
    action: { label: "It was not me", url: links.to("/app/forgot-password") },
    after: ["Then have a look at your account: your address, and your second factor."],
  }),
  fr: ({ at }, links, { displayName }) => ({
    subject: "Votre mot de passe a été modifié",
    lines: [
      `Bonjour ${displayName},`,
      `le mot de passe de votre compte Meetinity a été modifié le ${whenOf(at, "fr")}.`,
      "Tous les autres appareils ont été déconnectés. Si c’était vous, il n’y a rien à faire.",
      "Sinon, choisissez tout de suite un nouveau mot de passe : tout le monde sera déconnecté.",
    ],
    action: { label: "Ce n’était pas moi", url: links.to("/app/forgot-password") },
    after: ["Vérifiez ensuite votre compte : votre adresse, et votre second facteur."],
  }),
});
