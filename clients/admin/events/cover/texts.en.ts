// The texts of the cover of an event.

export const cover = {
  heading: "Cover",
  title: "Cover of the event",
  hint: "A wide picture, shown in lists and at the top of the event. Without one there is a drawing.",
  add: "Add a cover",
  change: "Change cover",
  remove: "Remove",
  removeTitle: "Remove the cover?",
  removeText: "People will see a drawing instead.",
  removed: "The cover is removed.",
  shown: "The new cover is shown.",
};
