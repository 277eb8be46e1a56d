// The mails about signing in by mail.
import { z } from "zod";
import { mailKind } from "#kit/mail/kinds";

/** Without a code: too many wrong ones were tried. */
const params = z.object({ token: z.string(), code: z.string().optional() });

export const magicLink = mailKind("magic-link", params, {
  en: ({ token, code }, links, { displayName }) => ({
    subject: "Sign in to Meetinity",
    lines: [
      `Hello ${displayName},`,
      "open this link in the browser where you asked to sign in.",
      ...(code ? ["Is it open elsewhere? Then type this code there:"] : []),
    ],
    ...(code && { code }),
    action: { label: "Sign in", url: links.to("/app/magic-link", { token }) },
    after: [
      "Link and code work once, within ten minutes.",
      "If it was not you, do nothing, and tell nobody the code.",
    ],
  }),
  fr: ({ token, code }, links, { displayName }) => ({
    subject: "Connectez-vous à Meetinity",
    lines: [
      `Bonjour ${displayName},`,
      "ouvrez ce lien dans le navigateur où vous avez demandé à vous connecter.",
      ...(code ? ["Il est ouvert ailleurs ? Saisissez-y ce code :"] : []),
    ],
    ...(code && { code }),
    action: { label: "Se connecter", url: links.to("/app/magic-link", { token }) },
    after: [
      "Le lien et le code fonctionnent une fois, pendant dix minutes.",
      "Si ce n’était pas vous, ne faites rien, et ne donnez le code à personne.",
    ],
  }),
});

export const addressAdopted = mailKind("address.adopted", z.object({}), {
  en: (_params, links, { displayName }) => ({
    subject: "Your address is confirmed",
    lines: [
      `Hello ${displayName},`,
      "you have signed in by mail, so we know that this address is yours.",
      "Until then anybody could have made an account with it.",
      "To be safe, the password that was chosen before no longer works.",
      "Choose a new one, or go on signing in by mail.",
    ],
    action: { label: "Choose a password", url: links.to("/app/forgot-password") },
  }),
  fr: (_params, links, { displayName }) => ({
    subject: "Votre adresse est confirmée",
    lines: [
      `Bonjour ${displayName},`,
      "vous vous êtes connecté par e-mail : nous savons donc que cette adresse est la vôtre.",
      "Jusque-là, n’importe qui aurait pu créer un compte avec elle.",
      "Par sécurité, le mot de passe choisi auparavant ne fonctionne plus.",
      "Choisissez-en un nouveau, ou continuez à vous connecter par e-mail.",
    ],
    action: { label: "Choisir un mot de passe", url: links.to("/app/forgot-password") },
  }),
});
