// The texts of the questions of an event.

export const questions = {
  notYours: "You may not change this event.",
  hint: "People answer when they register. You and those who may see people read the answers; a question that somebody has answered keeps its answers when you change or remove it.",
  none: "You ask nothing yet.",
  question: "Question {{number}}",
  text: "Your question",
  kinds: { TEXT: "In their own words", CHOICE: "A choice" },
  options: "Options",
  optionsHint: "One a line, at most 20.",
  isRequired: "An answer is needed",
  isMultiple: "Several may be chosen",
  up: "Move question {{number}} up",
  down: "Move question {{number}} down",
  remove: "Remove question {{number}}",
  add: "Add a question",
  save: "Save the questions",
  saved: "The questions are saved.",
  tooMany: "This event has had too many questions with answers; they are kept.",
  mistakes: {
    text: "Please write the question.",
    noOptions: "Please write at least one option.",
    manyOptions: "At most 20 options, please.",
    sameOptions: "Two options are the same.",
  },
};
