// The texts of notifications. What a notification says comes from the graph.

export const notifications = {
  title: "Notifications",
  readAll: "Mark all as read",
  choose: "Choose how you are told",
  unread: "Not read",
  end: "These are all notifications of the last 90 days.",
  empty: "Nothing new yet",
  emptyHint: "Here you read when you get a seat, when an event changes, and when you have a match.",
};
