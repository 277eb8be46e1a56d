// The texts of offers: seats that are held for the reader for a time.

export const offers = {
  title_one: "{{count}} seat is held for you",
  title_other: "{{count}} seats are held for you",
  left: "{{time}} left",
  over: "The time is over",
  until: "Accept until {{time}}; then the seats go to the next on the waitlist.",
  accept_one: "Accept the seat",
  accept_other: "Accept the seats",
  decline: "Decline",
  declineTitle_one: "Decline the seat?",
  declineTitle_other: "Decline the seats?",
  declineText: "They go to the next on the waitlist. If you register again, you are at its end.",
  accepted: "You are coming.",
  declined: "You have declined the seats.",
  problems: {
    OfferExpiredProblem: "The time was over: the seats went to the next on the waitlist.",
    RegistrationStatusProblem: "These seats are no longer offered to you.",
    EventEndedProblem: "This event takes no more answers.",
  },
};
