// Les textes de l’image de couverture d’un événement.

export const cover = {
  heading: "Couverture",
  title: "Couverture de l’événement",
  hint: "Une image large, visible dans les listes et en haut de l’événement. Sans elle, un dessin la remplace.",
  add: "Ajouter une couverture",
  change: "Changer de couverture",
  remove: "Retirer",
  removeTitle: "Retirer la couverture ?",
  removeText: "On verra un dessin à la place.",
  removed: "La couverture est retirée.",
  shown: "La nouvelle couverture est visible.",
};
