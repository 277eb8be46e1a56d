// The texts of matches.

export const matches = {
  title: "Matches",
  lead: "You both said yes. Say hello.",
  since: "Match · {{date}}",
  message: "Message",
  cannotMessage: "You cannot write to {{name}}.",
  end: "These are all your matches.",
  empty: "No matches yet",
  emptyHint: "When you and somebody else both want to meet, they are here.",
  meet: "People to meet",
  itsAMatch: "It’s a match!",
  both: "You and {{name}} would both like to meet.",
  writeTo: "Write to {{name}}",
  goOn: "Keep looking",
};
