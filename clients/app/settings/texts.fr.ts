// The French texts of the list of settings, and of the account page itself.

export const settings = {
  title: "Réglages",
  pages: {
    look: "Apparence et langue",
    account: "Compte",
    security: "Sécurité",
    devices: "Appareils",
    notifications: "Notifications",
    privacy: "Confidentialité",
  },
  hints: {
    look: "Langue, thème, heures",
    account: "Nom, adresse, départ",
    security: "Mot de passe, connexion en deux étapes",
    devices: "Là où vous êtes connecté",
    notifications: "E-mails, heures calmes",
    privacy: "Qui vous voit, personnes bloquées",
  },
  name: "Nom",
  nameHint: "Tel que les autres le voient.",
  changeName: "Le modifier dans votre profil",
};
