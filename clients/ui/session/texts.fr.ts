// The French texts of signing in.

export const session = {
  signIn: "Se connecter",
  ended:
    "Votre session sur cet appareil a pris fin, peut-être parce que vous l’avez déconnecté depuis un autre. Reconnectez-vous pour continuer.",
  email: "Adresse e-mail",
  password: "Mot de passe",
  problems: {
    InvalidCredentialsProblem: "L’adresse e-mail ou le mot de passe est incorrect.",
    TooManyAttemptsProblem: "Il y a eu trop de tentatives. Réessayez dans {{wait}}.",
    AccountSuspendedProblem:
      "Ce compte est suspendu : « {{explanation}} » Si vous pensez que c’est une erreur, répondez à l’e-mail que nous vous avons envoyé à ce sujet.",
  },
};
