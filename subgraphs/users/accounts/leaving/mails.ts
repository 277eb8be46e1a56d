// The mails to a person who leaves, and to one who has come back.
import { z } from "zod";
import { mailKind } from "#kit/mail/kinds";

/** In UTC: we do not know where the person will read it. */
function dateIn(language: "en" | "fr", instant: string): string {
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "fr-FR", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return `${format.format(new Date(instant))} UTC`;
}

export const accountLeaving = mailKind(
  "account.leaving",
  z.object({ leavesAt: z.iso.datetime() }),
  {
    en: ({ leavesAt }, links, { displayName }) => ({
      subject: "Your account will be deleted",
      lines: [
        `Hello ${displayName},`,
        "you have asked us to delete your account, and you are signed out everywhere.",
        `We erase everything of yours on ${dateIn("en", leavesAt)}.`,
        "Until then you can change your mind: sign in, and choose “Come back”.",
        "If this was not you, sign in now, come back, and change your password.",
      ],
      action: { label: "Come back", url: links.to("/app/") },
    }),
    fr: ({ leavesAt }, links, { displayName }) => ({
      subject: "Votre compte va être supprimé",
      lines: [
        `Bonjour ${displayName},`,
        "vous nous avez demandé de supprimer votre compte, et vous êtes déconnecté partout.",
        `Nous effacerons toutes vos données le ${dateIn("fr", leavesAt)}.`,
        "D’ici là, vous pouvez changer d’avis : connectez-vous et choisissez « Revenir ».",
        "Si cette demande ne vient pas de vous : connectez-vous, revenez, changez de mot de passe.",
      ],
      action: { label: "Revenir", url: links.to("/app/") },
    }),
  },
);

export const accountRestored = mailKind("account.restored", z.object({}), {
  en: (_params, links, { displayName }) => ({
    subject: "Your account stays",
    lines: [
      `Hello ${displayName},`,
      "welcome back. Your account will not be deleted, and everything is as it was.",
    ],
    action: { label: "Open Meetinity", url: links.to("/app/") },
  }),
  fr: (_params, links, { displayName }) => ({
    subject: "Votre compte est conservé",
    lines: [
      `Bonjour ${displayName},`,
      "heureux de vous revoir. Votre compte ne sera pas supprimé, et tout est comme avant.",
    ],
    action: { label: "Ouvrir Meetinity", url: links.to("/app/") },
  }),
});
