// The French texts of the list of conversations and of one conversation.

export const conversations = {
  title: "Conversations",
  empty: "Pas encore de conversation.",
  choose: "Choisissez une conversation.",
  requests: {
    title: "Demandes",
    waiting_one: "{{count}} attend votre réponse",
    waiting_many: "{{count}} attendent votre réponse",
    waiting_other: "{{count}} attendent votre réponse",
  },
  inbox: {
    howToBegin:
      "Elles commencent par une mise en relation, ou sur la fiche d’une personne : ouvrez-en une et choisissez « Écrire ».",
    end: "Ce sont toutes vos conversations.",
    noMessages: "Pas encore de message. Dites bonjour !",
    deleted: "Message supprimé",
    own: "Vous : {{body}}",
    notSent: "Non envoyé.",
    from: "{{name}} : {{body}}",
    mentioned: "Vous mentionne",
    unread_one: "{{count}} non lu",
    unread_many: "{{count}} de non lus",
    unread_other: "{{count}} non lus",
  },
};
