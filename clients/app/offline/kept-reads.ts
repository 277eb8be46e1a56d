// The policy of what the app keeps for use without a network: these reads, and nothing else. None
// of them has a token, a code of a second factor, or a ticket of another person.

export const KEPT_READS: readonly string[] = [
  // Conversations: the list, and the latest messages of each.
  "Conversations",
  "ConversationPage",
  // Events, and the reader's own tickets.
  "FindEvents",
  "EventPage",
  "EventMatches",
  "EventQuestions",
  "EventTags",
  "MyRegistrations",
  "MyTickets",
  "RegistrationsPosition",
  // People.
  "MatchSuggestions",
  "Matches",
  "UserProfile",
  "BlockedUsers",
];
