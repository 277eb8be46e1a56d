// Demo conversations that a match opens: two people who accept each other's suggestion, and what
// they say then. Data only.
import type { ConversationPlan } from "../conversations.ts";

export const matched: readonly ConversationPlan[] = [
  {
    title: null,
    people: ["aylin", "ada"],
    lines: [
      {
        by: "aylin",
        says: [
          "We matched! I want to grow towards staff engineer and have read your essays on API design twice.",
        ],
      },
      {
        by: "ada",
        says: [
          "Then you may tell me which of them was wrong.",
          "Bring a decision of yours that others have to live with, and we begin there.",
        ],
        reactions: { "🙌": ["aylin"] },
      },
      {
        by: "aylin",
        says: [
          "I have just the one: our order events have no version. Would next week at the breakfast suit you?",
        ],
        replyTo: 1,
      },
    ],
    unread: { ada: 1 },
  },
  {
    title: null,
    people: ["fatima", "grace"],
    lines: [
      {
        by: "fatima",
        says: [
          "Thank you for accepting.",
          "I check features for a credit model, and I would like to learn",
          "how to explain a failure to people who do not write code.",
        ],
      },
      {
        by: "grace",
        says: [
          "Start with what the program promised, then with what it did.",
          "What is the last failure that you had to explain?",
        ],
      },
    ],
  },
  {
    title: null,
    people: ["yui", "linus"],
    lines: [
      {
        by: "yui",
        says: [
          "You come to our evening in Tokyo! Would you show the bootloader?",
          "Fifteen minutes, no slides needed.",
        ],
      },
      {
        by: "linus",
        says: ["With pleasure, if somebody brings a board that I am allowed to brick."],
        replyTo: 0,
        reactions: { "😄": ["yui"] },
      },
      {
        by: "yui",
        says: ["I have a drawer full of them."],
      },
    ],
    unread: { linus: 1 },
  },
  {
    title: null,
    people: ["jonas", "marcus"],
    lines: [
      {
        by: "jonas",
        says: [
          "Good to match.",
          "We fill cancelled appointments in 300 practices, and open our seed round next month.",
        ],
      },
      {
        by: "marcus",
        says: [
          "I ran operations in a hospital, so I know what an empty slot costs.",
          "Which share of them do you fill on the same day?",
        ],
        replyTo: 0,
      },
    ],
  },
  {
    title: null,
    people: ["dario", "ngaire"],
    lines: [
      {
        by: "dario",
        says: [
          "You look for a co-founder who can draw, I look for one who knows batteries.",
          "Shall we talk before your meetup in Sydney?",
        ],
        reactions: { "👍": ["ngaire"] },
      },
    ],
  },
  {
    title: null,
    people: ["naomi", "callum"],
    lines: [],
  },
];
