// The French texts of the questions of an event.

export const questions = {
  notYours: "Vous ne pouvez pas modifier cet événement.",
  hint: "On y répond en s’inscrivant. Vous et ceux qui voient les inscrits lisez les réponses\u00a0; une question à laquelle on a répondu garde ses réponses quand vous la modifiez ou la retirez.",
  none: "Vous ne demandez rien encore.",
  question: "Question n° {{number}}",
  text: "Votre question",
  kinds: { TEXT: "Avec leurs mots", CHOICE: "Un choix" },
  options: "Réponses proposées",
  optionsHint: "Une par ligne, 20 au plus.",
  isRequired: "Une réponse est nécessaire",
  isMultiple: "On peut en choisir plusieurs",
  up: "Monter la question {{number}}",
  down: "Descendre la question {{number}}",
  remove: "Retirer la question {{number}}",
  add: "Ajouter une question",
  save: "Enregistrer les questions",
  saved: "Les questions sont enregistrées.",
  tooMany: "Cet événement a eu trop de questions avec des réponses\u00a0; elles sont gardées.",
  mistakes: {
    text: "Écrivez la question, s’il vous plaît.",
    noOptions: "Écrivez au moins une réponse, s’il vous plaît.",
    manyOptions: "20 réponses au plus, s’il vous plaît.",
    sameOptions: "Deux réponses sont les mêmes.",
  },
};
