// The French texts about the life of an event.

export const life = {
  edit: "Modifier",
  more: "Plus d’actions sur cet événement",
  actions: {
    duplicate: "Dupliquer",
    unpublish: "Remettre en brouillon",
    cancel: "Annuler l’événement",
    delete: "Supprimer le brouillon",
  },
  cancelTitle: "Annuler «\u00a0{{title}}\u00a0»\u00a0?",
  cancelText_zero:
    "C’est définitif. Personne n’est inscrit\u00a0; tout le monde voit encore l’événement, comme annulé.",
  cancelText_one:
    "C’est définitif. {{count}} personne inscrite est prévenue, et tout le monde voit encore l’événement, comme annulé.",
  cancelText_many:
    "C’est définitif. {{count}} de personnes inscrites sont prévenues, et tout le monde voit encore l’événement, comme annulé.",
  cancelText_other:
    "C’est définitif. {{count}} personnes inscrites sont prévenues, et tout le monde voit encore l’événement, comme annulé.",
  cancelTextAll:
    "C’est définitif. Toutes les personnes inscrites sont prévenues, et tout le monde voit encore l’événement, comme annulé.",
  reason: "Pourquoi",
  reasonHint: "Toute personne qui voit l’événement le lit.",
  keep: "Le garder",
  cancelled: "L’événement est annulé.",
  cancelledAt: "Annulé le",
  unpublishTitle: "Remettre en brouillon\u00a0?",
  unpublishText:
    "Les autres ne le voient plus. Ce n’est possible que tant que personne n’est inscrit.",
  unpublish: "Remettre en brouillon",
  unpublished: "L’événement est de nouveau un brouillon.",
  deleteTitle: "Supprimer «\u00a0{{title}}\u00a0»\u00a0?",
  deleteText: "Le brouillon ne pourra pas être récupéré.",
  delete: "Supprimer",
  deleted: "Le brouillon «\u00a0{{title}}\u00a0» est supprimé.",
  duplicateTitle: "Dupliquer «\u00a0{{title}}\u00a0»",
  duplicateText:
    "La copie est un brouillon sans inscriptions. Ses autres heures suivent son début.",
  duplicate: "Dupliquer",
  startsAt: "Début",
  duplicated: "Voici le nouveau brouillon.",
  notDuplicated: "Le brouillon n’a pas pu être créé. Réessayez.",
  mistakes: { time: "Ce n’est pas une heure.", past: "C’est dans le passé." },
  problems: {
    EventHasRegistrationsProblem_one:
      "{{count}} personne est inscrite\u00a0: l’événement peut être annulé, mais pas retiré.",
    EventHasRegistrationsProblem_many:
      "{{count}} de personnes sont inscrites\u00a0: l’événement peut être annulé, mais pas retiré.",
    EventHasRegistrationsProblem_other:
      "{{count}} personnes sont inscrites\u00a0: l’événement peut être annulé, mais pas retiré.",
    EventEndedProblem: "L’événement est terminé.",
    EventNotPublishedProblem:
      "L’événement est un brouillon que personne ne connaît. Supprimez-le plutôt.",
    EventCancelledProblem: "L’événement est annulé\u00a0: plus rien n’en change.",
    EventPublishedProblem:
      "L’événement est maintenant publié\u00a0: il peut être retiré ou annulé.",
  },
};
