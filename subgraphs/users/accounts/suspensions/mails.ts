// The mails to a person whose account is suspended or in use again.
import { z } from "zod";
import { mailKind } from "#kit/mail/kinds";

export const accountSuspended = mailKind("account.suspended", z.object({ reason: z.string() }), {
  en: ({ reason }, _links, { displayName }) => ({
    subject: "Your account is suspended",
    lines: [
      `Hello ${displayName},`,
      "a moderator has suspended your account. Until that ends you cannot sign in, and others do " +
        "not find you. The reason:",
      reason,
      "If you think that this is a mistake, answer this mail.",
    ],
  }),
  fr: ({ reason }, _links, { displayName }) => ({
    subject: "Votre compte est suspendu",
    lines: [
      `Bonjour ${displayName},`,
      "un modérateur a suspendu votre compte. D’ici à la fin de la suspension, vous ne pouvez pas " +
        "vous connecter et les autres ne vous trouvent pas. La raison :",
      reason,
      "Si vous pensez que c’est une erreur, répondez à ce message.",
    ],
  }),
});

export const accountReinstated = mailKind("account.reinstated", z.object({}), {
  en: (_params, links, { displayName }) => ({
    subject: "Your account is in use again",
    lines: [`Hello ${displayName},`, "your account is no longer suspended. You can sign in again."],
    action: { label: "Sign in", url: links.to("/app/") },
  }),
  fr: (_params, links, { displayName }) => ({
    subject: "Votre compte est rétabli",
    lines: [
      `Bonjour ${displayName},`,
      "votre compte n’est plus suspendu. Vous pouvez vous connecter de nouveau.",
    ],
    action: { label: "Se connecter", url: links.to("/app/") },
  }),
});
