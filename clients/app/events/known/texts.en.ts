// The texts of the reader's matches at an event.

export const known = {
  title: "People you know who come",
  organizes: "Organizes this event",
  write: "Message {{name}}",
  cannotWrite: "You cannot write to each other.",
  confirmFirst: "Confirm your e-mail address first.",
};
