// The French texts of the menu of a conversation in a list.

export const rowMenu = {
  markRead: "Marquer comme lu",
  markUnread: "Marquer comme non lu",
  favourite: "Ajouter aux favoris",
  noFavourite: "Retirer des favoris",
  mute: {
    open: "Mettre en sourdine",
    hour: "Pendant 1 heure",
    hours: "Pendant 8 heures",
    week: "Pendant 1 semaine",
    always: "Jusqu’à nouvel ordre",
  },
  unmute: "Réactiver les notifications",
  unmuteBefore: "Réactiver (en sourdine jusqu’au {{date}})",
  archive: "Archiver",
  unarchive: "Sortir des archives",
  hide: "Masquer jusqu’au prochain message",
  clear: "Effacer l’historique",
  leave: "Quitter",
  ask: {
    clear: {
      title: "Effacer l’historique ?",
      text: "Vous ne voyez plus aucun message de cette conversation, sur tous vos appareils. Les autres les voient toujours.",
      confirm: "Effacer",
    },
    leave: {
      title: "Quitter cette conversation ?",
      text: "Vous ne recevez plus ses messages. Seul un membre qui peut ajouter des personnes peut vous y remettre.",
      confirm: "Quitter",
    },
  },
};
