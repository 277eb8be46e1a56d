// Demo conversations of groups: speakers, a study group, organizers. Data only.
import type { ConversationPlan } from "./plan.ts";

export const groups: readonly ConversationPlan[] = [
  {
    title: "Speakers: Federated GraphQL in Practice",
    people: ["ada", "grace", "rohan", "aylin", "hyejin"],
    messages: [
      {
        sender: "ada",
        sentences: [
          "Welcome, all of you. Three talks of 25 minutes, then the panel.",
          "Doors open at six, we begin at half past.",
        ],
      },
      {
        sender: "rohan",
        sentences: [
          "I would take the first slot: how we found the borders",
          "between subgraphs, and which of them we moved again.",
        ],
      },
      {
        sender: "aylin",
        sentences: [
          "Then second is mine: live updates over an event log, with the numbers from our busiest Friday.",
        ],
        replyTo: 1,
        reactions: { "👍": ["ada", "rohan"] },
      },
      {
        sender: "hyejin",
        sentences: [
          "Please send me your slides two days before.",
          "I check contrast and reading order, and nobody in the last row has to squint.",
        ],
        reactions: { "🙏": ["ada", "aylin"], "👍": ["grace"] },
      },
      {
        sender: "grace",
        sentences: [
          "I close with debugging across three services. If the live part fails, there is a recording.",
        ],
      },
      {
        sender: "ada",
        sentences: [
          "Noted.",
          "Questions for the panel: please write one each, the kind that you would not dare to ask on stage.",
        ],
      },
      {
        sender: "rohan",
        sentences: ["Mine: who in your company may say no to a new field?"],
        replyTo: 5,
      },
      {
        sender: "aylin",
        sentences: ["And mine: what did federation make slower, and do you measure it?"],
        replyTo: 5,
        reactions: { "🔥": ["ada", "rohan"] },
      },
    ],
    unread: { grace: 2 },
  },
  {
    title: "Study group: storage engines",
    people: ["mateusz", "linus", "yui", "aylin", "danielle", "kiprono"],
    messages: [
      {
        sender: "mateusz",
        sentences: [
          "This week: write-ahead logs.",
          "Please read the chapter on recovery and bring one sentence that you do not believe.",
        ],
      },
      {
        sender: "yui",
        sentences: [
          "Mine: that the log is always flushed before the page.",
          "Who makes sure of that when two threads write?",
        ],
        replyTo: 0,
      },
      {
        sender: "linus",
        sentences: [
          "Each page carries the number of its last log record,",
          "and nobody may write the page before the log has passed that number.",
        ],
        replyTo: 1,
        reactions: { "💡": ["danielle", "kiprono"] },
      },
      {
        sender: "danielle",
        sentences: ["Beginner's question: why is the log not simply the database?"],
      },
      {
        sender: "mateusz",
        sentences: [
          "That is no beginner's question. Some engines are just that, and pay for it when they read.",
        ],
        replyTo: 3,
        reactions: { "👏": ["yui", "linus"] },
      },
      {
        sender: "aylin",
        sentences: [
          "Kafka made a business of the answer. Shall we take compaction next week and compare?",
        ],
      },
      {
        sender: "kiprono",
        sentences: [
          "Thursday does not work for me, I am on call. Could we meet on Wednesday at 17:00 UTC?",
        ],
        editedTo: [
          "Thursday does not work for me, I am on call. Could we meet on Wednesday at 18:00 UTC?",
        ],
        reactions: { "👍": ["mateusz", "danielle", "aylin"] },
      },
    ],
    unread: { linus: 1, yui: 3 },
  },
  {
    title: "Organizers: Platform Engineering Day",
    people: ["ananya", "adeline", "siobhan", "rohan", "kiprono"],
    messages: [
      {
        sender: "ananya",
        sentences: [
          "We have 200 seats and, as of today, more promises than speakers.",
          "Siobhán, can you still run the incident workshop?",
        ],
      },
      {
        sender: "siobhan",
        sentences: [
          "Yes: 40 people, five tables, one outage.",
          "I need a room with doors that close, because it gets loud.",
        ],
        replyTo: 0,
        reactions: { "😄": ["ananya", "kiprono"] },
      },
      {
        sender: "adeline",
        sentences: [
          "My company pays for lunch if the vegetarian half is as good as the other half.",
        ],
        reactions: { "❤️": ["ananya", "rohan"] },
      },
      {
        sender: "kiprono",
        sentences: [
          "I can bring the network: two uplinks, and a dashboard in the lobby that shows when we break them.",
        ],
      },
      {
        sender: "rohan",
        sentences: [
          "I take registration.",
          "Last year's queue came from badges that were printed on arrival; this time we print before.",
        ],
      },
      {
        sender: "ananya",
        sentences: [
          "Wonderful. I publish the programme on Monday. Tell me by Sunday what is wrong in the draft.",
        ],
      },
    ],
    unread: { kiprono: 1 },
  },
  {
    title: "Climate pilots: what we measure",
    people: ["ngaire", "liam", "nele", "dario", "rafael"],
    messages: [
      {
        sender: "ngaire",
        sentences: [
          "Our battery pilot ends in eight weeks, and the council asks for one number.",
          "Which one would you give them?",
        ],
      },
      {
        sender: "liam",
        sentences: [
          "Peak load on the feeder, before and after. Everything else depends on the weather.",
        ],
        replyTo: 0,
        reactions: { "👍": ["nele"] },
      },
      {
        sender: "nele",
        sentences: [
          "Peak load for the engineers, euros a household for the council. Nobody votes for kilowatts.",
        ],
        replyTo: 1,
      },
      {
        sender: "rafael",
        sentences: [
          "We had the same with drought cover: farms paid within five days was the number that opened doors.",
        ],
      },
      {
        sender: "dario",
        sentences: [
          "I can draw it so that both fit on one page. Send me the data as it is, gaps included.",
        ],
        reactions: { "🎉": ["ngaire", "liam"] },
      },
    ],
  },
];
