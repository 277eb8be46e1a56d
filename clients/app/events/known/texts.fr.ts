// The French texts of the reader's matches at an event.

export const known = {
  title: "Vos connaissances qui viennent",
  organizes: "Organise cet évènement",
  write: "Écrire à {{name}}",
  cannotWrite: "Vous ne pouvez pas vous écrire.",
  confirmFirst: "Confirmez d’abord votre adresse e-mail.",
};
