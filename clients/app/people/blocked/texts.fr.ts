// The French texts of blocked people.

export const blocked = {
  title: "Personnes bloquées",
  lead: "Vous ne vous trouvez plus, et ne pouvez plus vous écrire directement.",
  unblock: "Débloquer",
  unblocked: "Vous ne bloquez plus {{name}}.",
  end: "Ce sont toutes les personnes que vous bloquez.",
  empty: "Vous ne bloquez personne",
  emptyHint: "Vous pouvez bloquer quelqu’un depuis sa fiche.",
};
