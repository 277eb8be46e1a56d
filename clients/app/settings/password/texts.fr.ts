// The French texts of changing the password, and of the rules of new ones.

export const passwords = {
  title: "Mot de passe",
  sectionHint: "Une modification déconnecte tous vos autres appareils.",
  current: "Mot de passe actuel",
  new: "Nouveau mot de passe",
  change: "Modifier le mot de passe",
  wrong: "Ce n’est pas votre mot de passe actuel.",
  tooMany: "Trop de tentatives. Réessayez dans {{wait}}.",
  reauthenticate:
    "Votre connexion date de trop longtemps. Déconnectez-vous, reconnectez-vous, puis modifiez-le.",
  forgot: "Mot de passe oublié ?",
  done_zero: "Votre mot de passe a été modifié.",
  done_one: "Votre mot de passe a été modifié. {{count}} autre appareil a été déconnecté.",
  done_many: "Votre mot de passe a été modifié. {{count}} d’autres appareils ont été déconnectés.",
  done_other: "Votre mot de passe a été modifié. {{count}} autres appareils ont été déconnectés.",
  rules: "Règles",
  length_one: "Au moins {{count}} caractère",
  length_many: "Au moins {{count}} de caractères",
  length_other: "Au moins {{count}} caractères",
  variety: "Pas de caractères répétés ou qui se suivent",
  hint: "Espaces et toutes les écritures sont permis. Ni votre nom ou adresse, ni un mot de passe répandu.",
  kept: " : respectée",
  open: " : pas encore respectée",
};
