// The French texts of leaving Meetinity.

export const leaving = {
  title: "Quitter Meetinity",
  hint: "Vous pouvez supprimer votre compte et tout ce qui est à vous. Voici ce qui se passe :",
  effects: {
    signedOut:
      "Vous êtes déconnecté sur tous vos appareils, tout de suite, et plus personne ne vous trouve.",
    comeBack: "Pendant 30 jours, vous pouvez revenir : connectez-vous, et tout est comme avant.",
    profile: "Ensuite, votre profil, votre adresse et vos réglages sont supprimés pour de bon.",
    messages:
      "Vos messages perdent leur texte. Les autres gardent leurs conversations, sans votre nom.",
    events:
      "Vos places vont à ceux qui attendent. Vos brouillons sont supprimés. Vos événements publiés restent, sans organisateur, et ne prennent plus d’inscriptions.",
    matches: "Vos affinités et vos suggestions sont supprimées, pour les autres aussi.",
  },
  password: "Votre mot de passe",
  leave: "Supprimer mon compte",
  confirmTitle: "Supprimer votre compte ?",
  confirmText:
    "Vous êtes déconnecté partout dès maintenant. Après 30 jours, personne ne peut rien récupérer.",
  confirm: "Supprimer mon compte",
  wrong: "Ce n’est pas votre mot de passe.",
  tooMany: "Trop de tentatives. Réessayez dans {{wait}}.",
  lastAdmin: "Vous êtes le dernier administrateur. Nommez-en un autre d’abord.",
  notConfirmed: "Rien n’a été changé, car vous n’avez pas confirmé que c’est bien vous.",
};
