// Demo events in London, Berlin and Paris, a draft among them. Data only.

import { guests } from "./guests.ts";
import type { EventPlan } from "./plan.ts";

export const europe: readonly EventPlan[] = [
  {
    title: "Federated GraphQL in Practice",
    description: [
      "Three teams show how they split one graph among many services, and what they would repeat.",
      "We look at entity design, batching across subgraphs and live updates.",
      "Food and an open discussion follow the talks.",
    ],
    venue: "Carter Batcher Rooms, Carter Batcher 12, London",
    timeZone: "Europe/London",
    starts: { weekday: 4, daysAhead: 6, at: "18:30" },
    durationMinutes: 150,
    capacity: 40,
    hasWaitlist: true,
    tags: ["graphql", "federation", "api design"],
    organizer: "ada",
    isDraft: false,
    onlineUrl: "https://meet.meetinity.test/federated-graphql",
    language: "en",
    guests: guests(`
      grace rohan aylin oluwaseun:2 thiago hyejin minhanh siobhan callum:2 naomi
      priya mateusz linus chloe youssef:2 adeline ines meiling wei amara
    `),
  },
  {
    title: "Architecture Breakfast with Ada",
    description: [
      "Six people, one table, and the architecture question that each of you brings along.",
      "Please come with a diagram, however rough.",
    ],
    venue: "Exchange Café, Threadneedle Street 3, London",
    timeZone: "Europe/London",
    starts: { weekday: 2, daysAhead: 9, at: "08:30" },
    durationMinutes: 90,
    capacity: 6,
    hasWaitlist: true,
    tags: ["architecture", "mentoring"],
    organizer: "ada",
    isDraft: false,
    hosts: ["grace"],
    questions: [
      {
        text: "Which question do you bring along?",
        isRequired: true,
        answers: [
          "When is a service too small?",
          "How do I cut a schema that forty teams use?",
          "Events or calls between services?",
        ],
      },
      {
        text: "What do you drink?",
        options: ["Coffee", "Tea", "Water"],
        isRequired: false,
        answers: ["Coffee", "Tea"],
      },
    ],
    guests: guests("aylin rohan:2 thiago siobhan danielle grace kiprono:2 minhanh"),
  },
  {
    title: "Boat Trip on the Regent's Canal",
    description: ["Two hours on the water, and nothing about work."],
    venue: "Little Venice, London",
    timeZone: "Europe/London",
    starts: { weekday: 6, daysAhead: 8, at: "14:00" },
    durationMinutes: 120,
    capacity: 10,
    hasWaitlist: true,
    tags: ["outdoors"],
    organizer: "ada",
    isDraft: false,
    cancelledBecause: "The canal is closed for repairs. We will find another day.",
    guests: guests("grace aylin thiago:2 priya"),
  },
  {
    title: "Notes on the Analytical Engine, Read Again",
    description: [
      "A reading evening: we ask what the notes of 1843 already got right about software.",
      "Speakers and room are still to be confirmed.",
    ],
    venue: "Reading Room, Gower Place 8, London",
    timeZone: "Europe/London",
    starts: { weekday: 3, daysAhead: 45, at: "19:00" },
    durationMinutes: 120,
    capacity: 80,
    hasWaitlist: true,
    tags: ["history of computing", "reading group"],
    organizer: "ada",
    isDraft: true,
    guests: [],
  },
  {
    title: "Berlin Founders and Engineers Breakfast",
    description: [
      "Founders who need engineers meet engineers who might found something.",
      "Everybody gets one minute to introduce themselves; the rest is coffee and conversation.",
    ],
    venue: "Uferwerk, Paul-Lincke-Ufer 20, Berlin",
    timeZone: "Europe/Berlin",
    starts: { weekday: 5, daysAhead: 4, at: "08:30" },
    durationMinutes: 120,
    capacity: 12,
    hasWaitlist: true,
    tags: ["startups", "founders", "networking"],
    organizer: "katharina",
    isDraft: false,
    guests: guests(`
      jonas:2 dario nele aylin ada linus:2 oksana youssef mateusz callum
      amara:2 meiling ines layla
    `),
  },
  {
    title: "Workshop: Design Systems That Last",
    description: [
      "A hands-on day for eight people who own a component library.",
      "We audit one real component, down to its keyboard behaviour, and plan its next version.",
    ],
    venue: "Atelier Voltaire, 41 rue Voltaire, Paris",
    timeZone: "Europe/Paris",
    starts: { weekday: 1, daysAhead: 17, at: "09:30" },
    durationMinutes: 420,
    capacity: 8,
    hasWaitlist: false,
    tags: ["design systems", "accessibility", "workshop"],
    organizer: "chloe",
    isDraft: false,
    guests: guests("dario minhanh:2 amara isabelle hyejin funmilayo:2"),
  },
];
