// The texts of a person's card.

export const people = {
  message: "Message",
  block: "Block",
  unblock: "Unblock",
  cannotMessage: "You cannot write to {{name}}.",
  blocked: "You block {{name}}. Unblock them to write to each other again.",
  blockTitle: "Block {{name}}?",
  blockEffect:
    "The two of you can no longer write directly to each other, and do not find each other in searches, suggestions and lists of attendees. In groups you still see each other’s messages. You can unblock {{name}} at any time.",
  ownHint: "This is your card. Others see it when they open your name.",
  edit: "Edit profile",
  location: "Place:",
  about: "About",
  intentsTitle: "Here for",
  intents: {
    NETWORKING: "Getting to know people",
    FIND_WORK: "Finding work",
    HIRE: "Hiring",
    MENTOR: "Mentoring others",
    FIND_MENTOR: "Finding a mentor",
    FIND_COFOUNDER: "Finding a co-founder",
    RAISE_FUNDS: "Raising funds",
    INVEST: "Investing",
  },
  skills: "Good at",
  interests: "Likes to talk about",
  languages: "Speaks",
  email: "Email address",
  emailHint: "Others do not see it.",
  since: "At Meetinity since {{month}}",
};
