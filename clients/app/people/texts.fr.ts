// The French texts of a person's card.

export const people = {
  message: "Écrire",
};
