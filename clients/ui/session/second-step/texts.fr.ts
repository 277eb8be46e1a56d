// The French texts of the second step of signing in.

export const secondStep = {
  title: "Saisissez votre code",
  lead: "Votre compte a la connexion en deux étapes.",
  submit: "Se connecter",
  code: "Code",
  codeHint: "Les six chiffres qu’affiche votre application d’authentification.",
  recoveryCode: "Code de secours",
  recoveryHint: "L’un des dix codes que vous avez conservés. Chacun ne sert qu’une fois.",
  useRecovery: "Utiliser un code de secours",
  useApp: "Utiliser l’application",
  startOver: "Se connecter à un autre compte",
  wrongCode_one: "Ce code est faux, ou a déjà servi. Il vous reste un essai.",
  wrongCode_many: "Ce code est faux, ou a déjà servi. Il vous reste {{count}} d’essais.",
  wrongCode_other: "Ce code est faux, ou a déjà servi. Il vous reste {{count}} essais.",
  tooMany: "Il y a eu trop de tentatives. Réessayez dans {{wait}}.",
  ended: "Cela a pris trop de temps ou trop d’essais. Reconnectez-vous.",
};
