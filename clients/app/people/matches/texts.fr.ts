// The French texts of matches.

export const matches = {
  title: "Matchs",
  lead: "Vous avez tous deux dit oui. Dites bonjour.",
  since: "Match · {{date}}",
  message: "Écrire",
  cannotMessage: "Vous ne pouvez pas écrire à {{name}}.",
  end: "Ce sont tous vos matchs.",
  empty: "Pas encore de match",
  emptyHint: "Quand quelqu’un et vous voulez vous rencontrer, cette personne apparaît ici.",
  meet: "Personnes à rencontrer",
  itsAMatch: "C’est un match !",
  both: "{{name}} et vous aimeriez vous rencontrer.",
  writeTo: "Écrire à {{name}}",
  goOn: "Continuer",
};
