// The French texts of adding an event to a calendar, and of sharing it.

export const calendar = {
  add: "Ajouter au calendrier",
  file: "Fichier de calendrier (.ics)",
  google: "Agenda Google",
  outlook: "Outlook sur le web",
  share: "Partager",
  copied: "Le lien est copié.",
  notCopied: "Le lien n’a pas pu être copié\u00a0: prenez-le dans la barre d’adresse.",
};
