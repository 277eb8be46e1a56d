// The texts of the list of settings, and of the account page itself. Each section has its own.

export const settings = {
  title: "Settings",
  pages: {
    look: "Look and language",
    account: "Account",
    security: "Security",
    devices: "Devices",
    notifications: "Notifications",
    privacy: "Privacy",
  },
  hints: {
    look: "Language, theme, times",
    account: "Name, address, leaving",
    security: "Password, two-step sign-in",
    devices: "Where you are signed in",
    notifications: "Email, quiet hours",
    privacy: "Who sees you, blocked people",
  },
  name: "Name",
  nameHint: "As others see it.",
  changeName: "Change it in your profile",
};
