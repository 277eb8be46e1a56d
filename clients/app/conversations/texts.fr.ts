// The French texts of the list of conversations and of one conversation.

export const conversations = {
  title: "Conversations",
  empty: "Pas encore de conversation.",
  choose: "Choisissez une conversation.",
};
