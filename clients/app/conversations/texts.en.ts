// The texts of the list of conversations and of one conversation.

export const conversations = {
  title: "Conversations",
  empty: "No conversations yet.",
  choose: "Choose a conversation.",
  newGroup: "New group",
  requests: {
    title: "Requests",
    waiting_one: "{{count}} waits for your answer",
    waiting_other: "{{count}} wait for your answer",
  },
  threads: {
    title: "Threads",
    unread_one: "{{count}} thread with new replies",
    unread_other: "{{count}} threads with new replies",
  },
  lists: {
    title: "Lists",
    all: "All",
    unread: "Unread",
    favourites: "Favourites",
    groups: "Groups",
    direct: "Direct",
    archived: "Archive",
    back: "All conversations",
    none: {
      unread: "Nothing is unread.",
      favourites: "No favourites yet.",
      groups: "No groups yet.",
      direct: "No direct conversations yet.",
      archived: "Nothing is in the archive.",
    },
  },
  inbox: {
    menu: "Actions: {{name}}",
    muted: "Muted",
    favourite: "Favourite",
    draft: "Draft:",
    markedUnread: "Marked as unread",
    howToBegin:
      "They begin when you match with somebody, or on a person’s card: open one and choose “Message”.",
    end: "These are all your conversations.",
    noMessages: "No messages yet. Say hello!",
    noNotes: "Nothing is noted yet.",
    deleted: "Message deleted",
    own: "You: {{body}}",
    notSent: "Not sent.",
    from: "{{name}}: {{body}}",
    mentioned: "Mentions you",
    unread_one: "{{count}} unread",
    unread_other: "{{count}} unread",
  },
};
