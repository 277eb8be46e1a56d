// The French texts that every page of every app has.

export const shell = {
  skipToContent: "Aller au contenu",
  menu: "Menu",
  language: "Langue",
  theme: "Thème",
  themes: { system: "Système", light: "Clair", dark: "Sombre" },
  signOut: "Se déconnecter",
  signOutFailed:
    "Vous êtes déconnecté ici. Le serveur n’a pas pu être joint et terminera la session plus tard.",
  verified: "Vérifié",
  loading: "Chargement…",
  tryAgain: "Réessayer",
  cancel: "Annuler",
  close: "Fermer",
  showCharacters: "Afficher les caractères",
  hideCharacters: "Masquer les caractères",
  connecting: "Connexion…",
  seen: "Vu {{ago}}.",
  seenNow: "Vu à l’instant.",
  slow: "Cela prend plus de temps que d’habitude…",
  needsNetwork: "Il faut une connexion pour cela.",
  newerBuild: "Une nouvelle version est prête.",
  reload: "Recharger",
  pageFailed: "Cette page n’a pas pu être chargée",
  notFound: "Il n’y a rien ici",
  errors: {
    network: "Le serveur est injoignable. Vérifiez votre connexion.",
    FORBIDDEN: "Vous n’avez pas le droit de faire cela.",
    NOT_FOUND: "Cela n’existe pas, ou pas pour vous.",
    CONFLICT: "Quelqu’un d’autre a été plus rapide. Réessayez.",
    RATE_LIMITED: "Trop de tentatives. Patientez un peu, puis réessayez.",
    SUBGRAPH_UNAVAILABLE:
      "Une partie de Meetinity ne répond pas pour l’instant. Réessayez bientôt.",
    UNAUTHENTICATED: "Votre session est terminée. Reconnectez-vous.",
    unknown: "Un problème est survenu de notre côté. Réessayez.",
  },
  violations: {
    required: "Veuillez remplir ce champ.",
    email: "Ce n’est pas une adresse e-mail.",
    tooShort_one: "Au moins {{count}} caractère, s’il vous plaît.",
    tooShort_many: "Au moins {{count}} de caractères, s’il vous plaît.",
    tooShort_other: "Au moins {{count}} caractères, s’il vous plaît.",
    tooLong_one: "Au plus {{count}} caractère, s’il vous plaît.",
    tooLong_many: "Au plus {{count}} de caractères, s’il vous plaît.",
    tooLong_other: "Au plus {{count}} caractères, s’il vous plaît.",
    other: "Ceci ne peut pas être utilisé ici.",
  },
  weakPasswords: {
    REPEATED:
      "Ce mot de passe répète les mêmes caractères. Choisissez-en un plus difficile à deviner.",
    SEQUENCE: "Ces caractères se suivent. Choisissez un mot de passe plus difficile à deviner.",
    COMMON:
      "Ce mot de passe est très répandu, on l’essaie donc en premier. Choisissez-en un autre.",
    PERSONAL: "C’est surtout votre nom, votre adresse ou Meetinity. Ajoutez autre chose.",
    UNCHANGED: "C’est votre mot de passe actuel.",
  },
};
