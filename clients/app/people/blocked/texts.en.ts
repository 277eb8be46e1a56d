// The texts of blocked people.

export const blocked = {
  title: "Blocked people",
  lead: "You and they do not find each other, and cannot write to each other directly.",
  unblock: "Unblock",
  unblocked: "You no longer block {{name}}.",
  end: "These are all the people you block.",
  empty: "You block nobody",
  emptyHint: "You can block somebody from their card.",
};
