// Les textes de sa propre photo.

export const avatar = {
  heading: "Photo",
  hint: "On vous retrouve plus facilement à un événement quand on connaît votre visage.",
  add: "Ajouter une photo",
  change: "Changer de photo",
  remove: "Retirer",
  removeTitle: "Retirer votre photo ?",
  removeText: "Les autres verront vos initiales à la place.",
  removed: "Votre photo est retirée.",
  shown: "Votre nouvelle photo est visible.",
  title: "Votre photo",
};
