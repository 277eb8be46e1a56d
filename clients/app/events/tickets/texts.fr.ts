// French texts of tickets.
import type { tickets as english } from "./texts.en.ts";

export const tickets: typeof english & Readonly<Record<`${string}_many`, string>> = {
  title_one: "Votre billet",
  title_many: "Vos billets",
  title_other: "Vos billets",
  hint_one: "Montrez-le à l’entrée. Qui a le code peut entrer avec, une fois.",
  hint_many: "Chaque personne en montre un à l’entrée. Qui a un code peut entrer avec, une fois.",
  hint_other: "Chaque personne en montre un à l’entrée. Qui a un code peut entrer avec, une fois.",
  qr: "Code QR du billet de la personne {{seat}} sur {{partySize}}",
  seat: "Personne {{seat}} sur {{partySize}}",
  seatOwn: "Vous\u00a0: personne {{seat}} sur {{partySize}}",
  large: "Afficher en grand",
  maybeOld: "Si de nouveaux codes ont été créés ailleurs depuis, ceux-ci ne valent plus rien.",
  come: "Entrée à {{at}}",
  code: "Afficher le code en texte",
  renew: "Obtenir de nouveaux codes",
  renewTitle: "Obtenir de nouveaux codes\u00a0?",
  renewText: "Les codes actuels ne vaudront plus rien, même ceux que vous avez envoyés à d’autres.",
  renewed: "Vos billets ont de nouveaux codes.",
  none: "Il n’y a pas de billet pour cette inscription.",
  failed: "Les billets n’ont pas pu être lus",
};
