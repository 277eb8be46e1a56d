// The mail to a person whose name a moderator has replaced.
import { z } from "zod";
import { mailKind } from "#kit/mail/kinds";

const params = z.object({ nameBefore: z.string(), displayName: z.string() });

export const nameReset = mailKind("name.reset", params, {
  en: ({ nameBefore, displayName }, links) => ({
    subject: "Your name on Meetinity was replaced",
    lines: [
      "Hello,",
      `the name “${nameBefore}” looks like the name of somebody whom we have verified. So that ` +
        `nobody takes one for the other, you are now called “${displayName}”.`,
      "You can choose another name in your profile. If it is your own name, add something that " +
        "tells you apart, or answer this mail.",
    ],
    action: { label: "Choose another name", url: links.to("/app/") },
  }),
  fr: ({ nameBefore, displayName }, links) => ({
    subject: "Votre nom sur Meetinity a été remplacé",
    lines: [
      "Bonjour,",
      `le nom « ${nameBefore} » ressemble à celui d’une personne que nous avons vérifiée. Pour ` +
        `que personne ne les confonde, vous vous appelez maintenant « ${displayName} ».`,
      "Vous pouvez choisir un autre nom dans votre profil. Si c’est votre vrai nom, ajoutez-y " +
        "ce qui vous distingue, ou répondez à ce message.",
    ],
    action: { label: "Choisir un autre nom", url: links.to("/app/") },
  }),
});
