// The French texts of the account page itself.

export const settings = {
  title: "Compte",
};
