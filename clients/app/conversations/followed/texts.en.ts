// The texts of the list of threads that the viewer follows.

export const followed = {
  title: "Threads",
  empty: "You follow no threads.",
  emptyHint: "You follow a thread when you reply in it, or when somebody replies to your message.",
  end: "These are all threads that you follow.",
  unread_one: "{{count}} unread reply",
  unread_other: "{{count}} unread replies",
  stop: "Stop following",
  stopped: "You no longer follow this thread.",
};
