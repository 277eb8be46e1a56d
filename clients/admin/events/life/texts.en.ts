// The texts about the life of an event.

export const life = {
  edit: "Edit",
  more: "More about this event",
  actions: {
    duplicate: "Duplicate",
    unpublish: "Make it a draft again",
    cancel: "Cancel the event",
    delete: "Delete the draft",
  },
  cancelTitle: "Cancel “{{title}}”?",
  cancelText_zero:
    "This is final. Nobody is registered; everybody still sees the event, as cancelled.",
  cancelText_one:
    "This is final. {{count}} registered person is told, and everybody still sees the event, as cancelled.",
  cancelText_other:
    "This is final. {{count}} registered people are told, and everybody still sees the event, as cancelled.",
  cancelTextAll:
    "This is final. Everybody who is registered is told, and everybody still sees the event, as cancelled.",
  reason: "Why",
  reasonHint: "Everybody who sees the event reads it.",
  keep: "Keep it",
  cancelled: "The event is cancelled.",
  cancelledAt: "Cancelled on",
  unpublishTitle: "Make it a draft again?",
  unpublishText: "Others do not see it any more. That is only possible while nobody is registered.",
  unpublish: "Make it a draft",
  unpublished: "The event is a draft again.",
  deleteTitle: "Delete “{{title}}”?",
  deleteText: "The draft cannot be brought back.",
  delete: "Delete",
  deleted: "The draft “{{title}}” is deleted.",
  duplicateTitle: "Duplicate “{{title}}”",
  duplicateText:
    "It becomes a draft without registrations. Its other times move along with its start.",
  duplicate: "Duplicate",
  startsAt: "Starts",
  duplicated: "This is the new draft.",
  notDuplicated: "The draft could not be made. Try again.",
  mistakes: { time: "This is not a time.", past: "This is in the past." },
  problems: {
    EventHasRegistrationsProblem_one:
      "{{count}} person is registered: the event can be cancelled, but not taken back.",
    EventHasRegistrationsProblem_other:
      "{{count}} people are registered: the event can be cancelled, but not taken back.",
    EventEndedProblem: "The event is over.",
    EventNotPublishedProblem: "The event is a draft: nobody knows of it. Delete it instead.",
    EventCancelledProblem: "The event is cancelled: nothing of it changes any more.",
    EventPublishedProblem: "The event is published by now: it can be taken back or cancelled.",
  },
};
