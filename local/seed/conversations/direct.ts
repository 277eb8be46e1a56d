// Demo conversations of two people. Data only.
import type { ConversationPlan } from "./plan.ts";

export const direct: readonly ConversationPlan[] = [
  {
    title: null,
    people: ["ada", "grace"],
    messages: [
      {
        sender: "ada",
        sentences: [
          "Your abstract for London arrived, thank you.",
          "One wish: begin with the stack trace, not with the architecture slide.",
        ],
      },
      {
        sender: "grace",
        sentences: [
          "Agreed. People remember a program that failed.",
          "I will open with the trace and let them guess for a minute.",
        ],
        replyTo: 0,
        reactions: { "👏": ["ada"] },
      },
      {
        sender: "ada",
        sentences: ["How long do you need? I can give you 25 minutes and ten for questions."],
      },
      {
        sender: "grace",
        sentences: [
          "25 is plenty. Is there a second screen? I want the code and the query plan side by side.",
        ],
      },
      {
        sender: "ada",
        sentences: [
          "Two projectors, and a microphone for the room, because the questions are the best part.",
        ],
        editedTo: [
          "Two projectors and two microphones, one of them for the room,",
          "because the questions are the best part.",
        ],
      },
      {
        sender: "grace",
        sentences: [
          "Perfect. I land on the day before. Coffee at nine, and you show me the graph that 40 teams share?",
        ],
      },
    ],
    unread: { ada: 1 },
  },
  {
    title: null,
    people: ["rohan", "ada"],
    messages: [
      {
        sender: "rohan",
        sentences: [
          "Hello Ada, I am coming to your evening on federated GraphQL.",
          "We went from 40 REST endpoints to one graph, and I still have scars from entity keys.",
        ],
      },
      {
        sender: "ada",
        sentences: [
          "Then you are exactly who should speak in the second half. Which key did you regret most?",
        ],
        replyTo: 0,
      },
      {
        sender: "rohan",
        sentences: [
          "Composite keys with a region in them. The region changed, and every cache went with it.",
        ],
      },
      {
        sender: "ada",
        sentences: [
          "A five minute lightning talk on that would save somebody a year.",
          "And send me your CV: one of my teams is hiring for exactly this.",
        ],
        reactions: { "🎉": ["rohan"] },
      },
      {
        sender: "rohan",
        sentences: ["I will do both by Friday. Thank you!"],
      },
    ],
  },
  {
    title: null,
    people: ["danielle", "grace"],
    messages: [
      {
        sender: "danielle",
        sentences: [
          "I followed your advice and wrote down what I expected before I looked at the log.",
          "The bug was in the line that I was sure of.",
        ],
      },
      {
        sender: "grace",
        sentences: ["It always is. What did the log say that you did not expect?"],
        replyTo: 0,
        reactions: { "😄": ["danielle"] },
      },
      {
        sender: "danielle",
        sentences: [
          "Two connections held the same row, each waiting for the other.",
          "I had locked in the order in which the list arrived.",
        ],
      },
      {
        sender: "grace",
        sentences: [
          "Now you know why people sort before they lock.",
          "Write it up in half a page; that page belongs in your portfolio.",
        ],
      },
      {
        sender: "danielle",
        sentences: [
          "Half a page is written. May I send it to you before I show it to anybody who hires?",
        ],
      },
    ],
    unread: { grace: 1 },
  },
  {
    title: null,
    people: ["linus", "mateusz"],
    messages: [
      {
        sender: "linus",
        sentences: [
          "You asked for a question about fsync. Our sensors lose power while they write their configuration.",
          "Is rename after fsync enough?",
        ],
      },
      {
        sender: "mateusz",
        sentences: [
          "Of the file, yes.",
          "Then fsync the directory as well, or the rename itself may be gone after the next boot.",
        ],
        replyTo: 0,
        reactions: { "💡": ["linus"] },
      },
      {
        sender: "linus",
        sentences: [
          "So that is the one in ten thousand that we see in the field.",
          "What do you do about flash that lies about its cache?",
        ],
      },
      {
        sender: "mateusz",
        sentences: [
          "Two slots with a checksum and a counter, and the reader takes the newest that is whole.",
          "Never overwrite the only good copy.",
        ],
      },
      {
        sender: "mateusz",
        sentences: [
          "I have a test rig that cuts the power between any two writes. Happy to run your bootloader on it.",
        ],
      },
    ],
    unread: { linus: 2 },
  },
  {
    title: null,
    people: ["thiago", "oluwaseun"],
    messages: [
      {
        sender: "thiago",
        sentences: [
          "How do you keep a retried card payment from being booked twice when the first answer was lost?",
        ],
      },
      {
        sender: "oluwaseun",
        sentences: [
          "The client names each intended payment,",
          "and that name is a unique constraint in the transaction that books it.",
        ],
        replyTo: 0,
      },
      {
        sender: "thiago",
        sentences: ["For how long do you keep the names?"],
      },
      {
        sender: "oluwaseun",
        sentences: [
          "For ever. The one retry that comes after your retention is the one that reaches the newspapers.",
        ],
        reactions: { "💯": ["thiago"] },
      },
    ],
  },
  {
    title: null,
    people: ["katharina", "amara"],
    messages: [
      {
        sender: "katharina",
        sentences: [
          "I enjoyed our talk at breakfast.",
          "We have a part-time position in the team that builds the driver app. Would 30 hours suit you?",
        ],
      },
      {
        sender: "amara",
        sentences: [
          "30 hours would be ideal. I know React well and Kotlin not at all; is that a problem?",
        ],
        replyTo: 0,
      },
      {
        sender: "katharina",
        sentences: [
          "No.",
          "You reviewed your own pull request more strictly",
          "than most seniors do, and the rest can be learned.",
        ],
        reactions: { "❤️": ["amara"] },
      },
      {
        sender: "amara",
        sentences: ["Then please tell me what to prepare for the conversation with the team."],
      },
    ],
  },
];
