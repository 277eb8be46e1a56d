// The French texts of the dialog that asks a person to confirm that it is them.

export const stepUp = {
  title: "Confirmez que c’est bien vous",
  why: "Vous vous êtes connecté il y a un moment, et ceci change la protection de votre compte.",
  password: "Mot de passe",
  code: "Code",
  codeHint: "De votre application d’authentification, ou un code de secours.",
  confirm: "Confirmer",
  refused: "Le mot de passe est faux.",
  wrongCode: "Ce code est faux, ou a déjà servi.",
  tooMany: "Il y a eu trop de tentatives. Réessayez dans {{wait}}.",
};
