// Demo conversations that a match opens: two people who accept each other's suggestion, and what
// they say then. Data only.
import type { ConversationPlan } from "./plan.ts";

export const matched: readonly ConversationPlan[] = [
  {
    title: null,
    people: ["aylin", "ada"],
    messages: [
      {
        sender: "aylin",
        sentences: [
          "We matched! I want to grow towards staff engineer and have read your essays on API design twice.",
        ],
      },
      {
        sender: "ada",
        sentences: [
          "Then you may tell me which of them was wrong.",
          "Bring a decision of yours that others have to live with, and we begin there.",
        ],
        reactions: { "🙌": ["aylin"] },
      },
      {
        sender: "aylin",
        sentences: [
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
    messages: [
      {
        sender: "fatima",
        sentences: [
          "Thank you for accepting.",
          "I check features for a credit model, and I would like to learn",
          "how to explain a failure to people who do not write code.",
        ],
      },
      {
        sender: "grace",
        sentences: [
          "Start with what the program promised, then with what it did.",
          "What is the last failure that you had to explain?",
        ],
      },
    ],
  },
  {
    title: null,
    people: ["yui", "linus"],
    messages: [
      {
        sender: "yui",
        sentences: [
          "You come to our evening in Tokyo! Would you show the bootloader?",
          "Fifteen minutes, no slides needed.",
        ],
      },
      {
        sender: "linus",
        sentences: ["With pleasure, if somebody brings a board that I am allowed to brick."],
        replyTo: 0,
        reactions: { "😄": ["yui"] },
      },
      {
        sender: "yui",
        sentences: ["I have a drawer full of them."],
      },
    ],
    unread: { linus: 1 },
  },
  {
    title: null,
    people: ["jonas", "marcus"],
    messages: [
      {
        sender: "jonas",
        sentences: [
          "Good to match.",
          "We fill cancelled appointments in 300 practices, and open our seed round next month.",
        ],
      },
      {
        sender: "marcus",
        sentences: [
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
    messages: [
      {
        sender: "dario",
        sentences: [
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
    messages: [],
  },
  {
    title: null,
    people: ["mathilde", "ada"],
    messages: [
      {
        sender: "mathilde",
        sentences: [
          "Nous avons donc GraphQL, les systèmes répartis et la musique en commun.",
          "Quel instrument ?",
        ],
      },
      {
        sender: "ada",
        sentences: ["La harpe, mal. Et vous ?"],
        replyTo: 0,
        reactions: { "🎶": ["mathilde"] },
      },
      { sender: "mathilde", sentences: ["Le violoncelle, très mal. On devrait bien s'entendre !"] },
    ],
    unread: { ada: 1 },
  },
];
