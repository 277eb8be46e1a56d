// The French texts of the list of threads that the viewer follows.

export const followed = {
  title: "Fils",
  empty: "Vous ne suivez aucun fil.",
  emptyHint: "Vous suivez un fil quand vous y répondez, ou quand on répond à votre message.",
  end: "Ce sont tous les fils que vous suivez.",
  unread_one: "{{count}} réponse non lue",
  unread_many: "{{count}} de réponses non lues",
  unread_other: "{{count}} réponses non lues",
  stop: "Ne plus suivre",
  stopped: "Vous ne suivez plus ce fil.",
};
