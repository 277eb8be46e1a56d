// The French texts of language, theme and times.

export const look = {
  languageHint: "Dans l’application et les e-mails, sur tous vos appareils.",
  themeHint: "Système : clair ou sombre, comme cet appareil en ce moment.",
  motion: {
    full: "Les mouvements à l’écran suivent les réglages de votre appareil.",
    less: "Votre appareil demande moins de mouvement : rien ne bouge ici sans nécessité.",
  },
  times: "Heures",
  timesHint:
    "Les évènements montrent l’heure de leur lieu, et la vôtre à côté si elle diffère. Les messages montrent la vôtre.",
  zone: "Votre fuseau horaire, d’après cet appareil :",
};
