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
  lists: {
    title: "Listes",
    all: "Toutes",
    unread: "Non lues",
    favourites: "Favoris",
    groups: "Groupes",
    direct: "Directes",
    archived: "Archives",
    back: "Toutes les conversations",
    none: {
      unread: "Aucune conversation non lue.",
      favourites: "Pas encore de favoris.",
      groups: "Pas encore de groupe.",
      direct: "Pas encore de conversation directe.",
      archived: "Les archives sont vides.",
    },
  },
  inbox: {
    menu: "Actions : {{name}}",
    muted: "En sourdine",
    favourite: "Favori",
    draft: "Brouillon :",
    markedUnread: "Marquée comme non lue",
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
