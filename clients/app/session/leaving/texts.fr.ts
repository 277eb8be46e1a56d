// The French texts for people who are leaving, and may come back.

export const comingBack = {
  title: "Vous nous quittez",
  lead: "Votre compte sera supprimé le {{date}}.",
  until: "D’ici là, personne ne vous trouve, et vous ne pouvez rien faire ici, sauf revenir.",
  comeBack: "Revenir",
  signOut: "Se déconnecter",
  leftTitle: "Vous êtes parti",
  leftLead: "Vous êtes déconnecté sur tous vos appareils.",
  leftUntil: "Nous supprimerons votre compte le {{date}}. D’ici là, connectez-vous pour revenir.",
  leftSoon:
    "Nous supprimerons votre compte dans quelques semaines. D’ici là, connectez-vous pour revenir.",
  leftMail: "Nous vous avons envoyé un e-mail qui le confirme.",
};
