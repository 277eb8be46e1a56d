// The texts of language, theme and times.

export const look = {
  languageHint: "In the app and in mails, on all your devices.",
  themeHint: "System: as light or dark as this device is now.",
  motion: {
    full: "Movements on the screen follow the settings of your device.",
    less: "Your device asks for less motion: nothing moves here without need.",
  },
  times: "Times",
  timesHint:
    "Events show the time of their place, and yours beside it where the clocks differ. Messages show yours.",
  zone: "Your time zone, from this device:",
};
