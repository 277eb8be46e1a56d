// The French texts that every page of the app has.
import { shell as common } from "@meetinity/ui/shell/texts.fr.ts";

export const shell = {
  ...common,
  navigation: "Rubriques",
  sections: {
    conversations: "Conversations",
    events: "Évènements",
    people: "Rencontres",
    profile: "Profil",
  },
  unread_one: "{{count}} non lu",
  unread_many: "{{count}} de non lus",
  unread_other: "{{count}} non lus",
  mentions_one: "{{count}} vous mentionne",
  mentions_many: "{{count}} vous mentionnent",
  mentions_other: "{{count}} vous mentionnent",
  notifications: "Notifications",
  newNotifications_one: "{{count}} nouvelle",
  newNotifications_other: "{{count}} nouvelles",
  newNotifications_many: "{{count}} nouvelles",
  back: "Retour",
  events: "Évènements",
  myRegistrations: "Mes inscriptions",
  myCard: "Ma fiche",
  settings: "Réglages",
  confirmAddress: {
    ask: "Confirmez d’abord votre adresse e-mail : vous pourrez alors écrire aux autres.",
    send: "Renvoyer l’e-mail",
    sent: "Un e-mail est en route. Ouvrez son lien, puis réessayez.",
    sentBefore: "Nous venons de vous envoyer un e-mail. Ouvrez son lien, puis réessayez.",
    done: "Votre adresse est confirmée. Réessayez.",
  },
  firstSteps: {
    offer: "Terminez vos premiers pas",
    left_one: "Il reste une étape. Cela prend une minute.",
    left_many: "Il reste {{count}} d’étapes. Cela prend deux minutes.",
    left_other: "Il reste {{count}} étapes. Cela prend deux minutes.",
    goOn: "Continuer",
    notNow: "Pas maintenant",
    back: "Revenir à vos premiers pas",
  },
  unconfirmed: "Votre adresse e-mail n’est pas confirmée : vous pouvez seulement regarder.",
  confirmAddressNow: "La confirmer maintenant",
  offline: "Vous êtes hors ligne. Les messages partiront au retour de la connexion.",
  tooManyRequests_one:
    "{{count}} personne à qui vous avez écrit ou que vous avez invitée récemment n’a pas répondu. Attendez d’abord une réponse.",
  tooManyRequests_many:
    "{{count}} personnes à qui vous avez écrit ou que vous avez invitées récemment n’ont pas répondu. Attendez d’abord leurs réponses.",
  tooManyRequests_other:
    "{{count}} personnes à qui vous avez écrit ou que vous avez invitées récemment n’ont pas répondu. Attendez d’abord leurs réponses.",
  toConversations: "Vers vos conversations",
};
