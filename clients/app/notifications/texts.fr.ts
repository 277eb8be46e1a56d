// The French texts of notifications. What a notification says comes from the graph.

export const notifications = {
  title: "Notifications",
  readAll: "Tout marquer comme lu",
  choose: "Choisir comment être informé",
  unread: "Non lue",
  end: "Ce sont toutes les notifications des 90 derniers jours.",
  empty: "Rien de nouveau pour l’instant",
  emptyHint:
    "Vous lirez ici quand vous obtenez une place, quand un événement change et quand vous avez un match.",
};
