// The texts of answers to the questions of an event, and of hiding among its attendees.

export const answers = {
  title: "Your answers",
  optional: "(optional)",
  save: "Save the answers",
  saved: "Your answers are saved.",
  closed: "Answers can no longer be changed.",
  check: "Please look at the questions again.",
  rules: {
    REQUIRED: "Please answer this.",
    UNKNOWN_QUESTION: "This is no longer asked. Please reload the page.",
    REPEATED: "Please answer this once.",
    WRONG_KIND: "This question has changed. Please reload the page.",
    UNKNOWN_OPTION: "This option is no longer there. Please reload the page.",
    ONE_OPTION: "Please choose one.",
  },
  hide: "Do not show me among the attendees",
  hidden: "Others no longer see you among the attendees.",
  shown: "Others see you among the attendees.",
};
