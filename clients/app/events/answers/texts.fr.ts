// The French texts of answers to the questions of an event, and of hiding among its attendees.

export const answers = {
  title: "Vos réponses",
  optional: "(facultatif)",
  save: "Enregistrer les réponses",
  saved: "Vos réponses sont enregistrées.",
  closed: "Les réponses ne peuvent plus être modifiées.",
  check: "Relisez les questions, s’il vous plaît.",
  rules: {
    REQUIRED: "Répondez, s’il vous plaît.",
    UNKNOWN_QUESTION: "On ne le demande plus. Rechargez la page, s’il vous plaît.",
    REPEATED: "Une seule réponse, s’il vous plaît.",
    WRONG_KIND: "Cette question a changé. Rechargez la page, s’il vous plaît.",
    UNKNOWN_OPTION: "Ce choix n’existe plus. Rechargez la page, s’il vous plaît.",
    ONE_OPTION: "Un seul choix, s’il vous plaît.",
  },
  hide: "Ne pas me montrer parmi les participants",
  hidden: "Les autres ne vous voient plus parmi les participants.",
  shown: "Les autres vous voient parmi les participants.",
};
