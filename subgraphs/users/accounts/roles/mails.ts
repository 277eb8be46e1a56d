// The mail to a person whose roles an admin has changed.
import { z } from "zod";
import { mailKind } from "#kit/mail/kinds";
import { ROLES } from "./rules.ts";

const params = z.object({ role: z.enum(ROLES), isGranted: z.boolean() });

const NAMES = {
  en: { USER: "user", ORGANIZER: "organizer", MODERATOR: "moderator", ADMIN: "admin" },
  fr: {
    USER: "utilisateur",
    ORGANIZER: "organisateur",
    MODERATOR: "modérateur",
    ADMIN: "administrateur",
  },
} as const;

export const rolesChanged = mailKind("roles.changed", params, {
  en: ({ role, isGranted }, links, { displayName }) => ({
    subject: isGranted ? `You are now ${NAMES.en[role]}` : `You are no longer ${NAMES.en[role]}`,
    lines: [
      `Hello ${displayName},`,
      isGranted
        ? `an admin has given you the role “${NAMES.en[role]}”. It counts within 15 minutes.`
        : `an admin has taken the role “${NAMES.en[role]}” from you.`,
    ],
    action: { label: "Open Meetinity", url: links.to("/app/") },
  }),
  fr: ({ role, isGranted }, links, { displayName }) => ({
    subject: isGranted
      ? `Vous avez maintenant le rôle ${NAMES.fr[role]}`
      : `Vous n’avez plus le rôle ${NAMES.fr[role]}`,
    lines: [
      `Bonjour ${displayName},`,
      isGranted
        ? `un administrateur vous a donné le rôle « ${NAMES.fr[role]} », d’ici à 15 minutes.`
        : `un administrateur vous a retiré le rôle « ${NAMES.fr[role]} ».`,
    ],
    action: { label: "Ouvrir Meetinity", url: links.to("/app/") },
  }),
});
