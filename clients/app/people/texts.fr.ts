// The French texts of a person's card.

export const people = {
  message: "Écrire",
  block: "Bloquer",
  unblock: "Débloquer",
  cannotMessage: "Vous ne pouvez pas écrire à {{name}}.",
  blocked: "Vous bloquez {{name}}. Débloquez cette personne pour vous écrire à nouveau.",
  blockTitle: "Bloquer {{name}} ?",
  blockEffect:
    "Vous ne pourrez plus vous écrire directement, et ne vous trouverez plus l’un l’autre dans les recherches, les suggestions et les listes de participants. Dans les groupes, vous verrez toujours vos messages respectifs. Vous pourrez débloquer {{name}} à tout moment.",
  ownHint: "C’est votre fiche. Les autres la voient en ouvrant votre nom.",
  edit: "Modifier le profil",
  location: "Lieu :",
  about: "À propos",
  intentsTitle: "Ici pour",
  intents: {
    NETWORKING: "Faire connaissance",
    FIND_WORK: "Trouver du travail",
    HIRE: "Recruter",
    MENTOR: "Accompagner d’autres personnes",
    FIND_MENTOR: "Trouver un mentor",
    FIND_COFOUNDER: "Trouver un associé",
    RAISE_FUNDS: "Lever des fonds",
    INVEST: "Investir",
  },
  skills: "Points forts",
  interests: "Aime parler de",
  languages: "Parle",
  email: "Adresse e-mail",
  emailHint: "Les autres ne la voient pas.",
  since: "Sur Meetinity depuis {{month}}",
};
