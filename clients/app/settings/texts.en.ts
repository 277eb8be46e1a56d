// The texts of the account page itself. Each section has its own.

export const settings = {
  title: "Account",
};
