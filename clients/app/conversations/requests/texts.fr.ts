// The French texts of the message requests.

export const requests = {
  title: "Demandes",
  lead: "De personnes avec qui vous ne partagez ni mise en relation, ni événement, ni conversation. Elles n’apprennent rien tant que vous n’acceptez pas.",
  empty: "Aucune demande.",
  emptyHint: "Quand une personne que vous ne connaissez pas vous écrit, son message est ici.",
  end: "Ce sont toutes les demandes.",
  invites: "Vous invite dans le groupe « {{title}} ».",
  members_one: "{{count}} membre.",
  members_many: "{{count}} de membres.",
  members_other: "{{count}} membres.",
  accept: "Accepter",
  refuse: "Refuser",
  block: "Bloquer",
  blockTitle: "Bloquer {{name}} ?",
  blockEffect: "La demande disparaît, et {{name}} ne peut plus vous écrire.",
  refused: "Refusée. Personne n’en est informé.",
  blocked: "Personne bloquée.",
  full: "Il n’y a plus de place dans le groupe.",
};
