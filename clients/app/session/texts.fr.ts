// The French texts of signing up and in.

export const session = {
  signIn: "Se connecter",
  signUp: "Créer un compte",
  ended:
    "Votre session sur cet appareil a pris fin, peut-être parce que vous l’avez déconnecté depuis un autre. Reconnectez-vous pour continuer.",
  createAccount: "Créer le compte",
  name: "Nom",
  nameHint: "Tel que les autres le verront.",
  email: "Adresse e-mail",
  password: "Mot de passe",
  passwordHint: "Au moins 8 caractères.",
  forgot: "Mot de passe oublié ?",
  byMail: "Se connecter par e-mail",
  noAccount: "Nouveau ici ?",
  hasAccount: "Vous avez déjà un compte ?",
  tagline: "Rencontrez du monde aux événements, et continuez la conversation.",
  problems: {
    InvalidCredentialsProblem: "L’adresse e-mail ou le mot de passe est incorrect.",
    TooManyAttemptsProblem: "Il y a eu trop de tentatives. Réessayez dans {{wait}}.",
    AccountSuspendedProblem:
      "Ce compte est suspendu : « {{explanation}} » Si vous pensez que c’est une erreur, répondez à l’e-mail que nous vous avons envoyé à ce sujet.",
    EmailTakenProblem: "Cette adresse a déjà un compte.",
    ReservedNameProblem: "Ce nom est réservé. Utilisez votre propre nom.",
  },
};
