// The texts of the list of conversations and of one conversation.

export const conversations = {
  title: "Conversations",
  empty: "No conversations yet.",
  choose: "Choose a conversation.",
};
