// Demo events in Nairobi, Lagos, Bengaluru, Tokyo and Sydney. Data only.

import { guests } from "./guests.ts";
import type { EventPlan } from "./plan.ts";

export const africaAsiaAndPacific: readonly EventPlan[] = [
  {
    title: "Mobile Money Builders Meetup",
    description: [
      "What changed in the payment interfaces this quarter, and how teams tested against it.",
      "Two short talks, then tables by topic: reconciliation, savings groups, agent networks.",
      "",
      "Bring a transaction that you could not explain. We have a whiteboard, and somebody from",
      "the switch who promised to be honest.",
    ],
    venue: "Kilimani Hub, Argwings Kodhek Road 15, Nairobi",
    timeZone: "Africa/Nairobi",
    starts: { weekday: 6, daysAhead: 10, at: "10:00" },
    durationMinutes: 240,
    capacity: 50,
    hasWaitlist: true,
    tags: ["fintech", "mobile money", "payments"],
    organizer: "wanjiru",
    isDraft: false,
    language: "en",
    guests: guests(`
      brian:2 kiprono chinedu funmilayo thiago oluwaseun adeline:2 ximena fatima marcus
      rafael
    `),
  },
  {
    title: "Designing for Slow Networks",
    description: [
      "A workshop on screens that stay useful at two bars of signal: what to show first, what",
      "to keep, and how to say that something is old.",
      "",
      "Bring a phone you would not miss; we test on real devices with real data plans. By the",
      "evening each group has rebuilt one screen of a well-known app, and has measured it.",
    ],
    venue: "Yaba Studio, Herbert Macaulay Way 210, Lagos",
    timeZone: "Africa/Lagos",
    starts: { weekday: 6, daysAhead: 30, at: "11:00" },
    durationMinutes: 300,
    capacity: 25,
    hasWaitlist: true,
    tags: ["design", "mobile", "workshop"],
    organizer: "funmilayo",
    isDraft: false,
    language: "en",
    guests: guests("chinedu brian:2 dario chloe wanjiru priya layla minhanh isabelle"),
  },
  {
    title: "Platform Engineering Day Bengaluru",
    description: [
      "A full day on internal platforms: golden paths, cost, on-call, and how to say no kindly.",
      "Twelve talks in two tracks, a hiring wall and a long lunch.",
      "",
      "Grace Hopper opens the day with a talk on programs that outlive their authors. After",
      "lunch there is an incident workshop for forty people, with five tables and one outage.",
      "",
      "Your ticket includes lunch and tea. Supporters pay for somebody else's seat too; nobody",
      "can tell who sits on which.",
    ],
    venue: "Cubbon Convention Hall, Kasturba Road 22, Bengaluru",
    timeZone: "Asia/Kolkata",
    starts: { weekday: 6, daysAhead: 52, at: "09:30" },
    durationMinutes: 480,
    capacity: 200,
    hasWaitlist: true,
    tags: ["platform engineering", "kubernetes", "conference"],
    organizer: "ananya",
    isDraft: false,
    language: "en",
    ticketTypes: [
      { name: "Regular" },
      {
        name: "Supporter",
        description: "Pays for the room and the tea of somebody else too.",
        quota: 20,
        price: { amount: 50_000, currency: "INR" },
      },
    ],
    guests: guests(`
      grace rohan:4 fatima:2 vikram adeline:6 siobhan kiprono:2 wei oluwaseun linus
      naomi arjun thiago aylin katharina:3 meiling yui kenji:2 mateusz liam
      hyejin danielle
    `),
  },
  {
    title: "Rust and Systems Night Tokyo",
    description: [
      "Short talks about compilers, storage and drivers, in Japanese with English slides. There",
      "is one board with a debugger attached, and you may break it.",
      "",
      "The room is small, so please cancel if you cannot come: somebody is waiting for your",
      "seat, and gets a day to say yes.",
    ],
    venue: "Kanda Workshop, Kanda-Sudacho 2-7, Tokyo",
    timeZone: "Asia/Tokyo",
    starts: { weekday: 5, daysAhead: 14, at: "19:00" },
    durationMinutes: 150,
    capacity: 10,
    hasWaitlist: true,
    offerMinutes: 1_440,
    tags: ["rust", "systems programming", "compilers"],
    organizer: "yui",
    isDraft: false,
    language: "ja",
    guests: guests("mateusz linus kenji:3 minhanh grace wei:2 adeline liam:2 meiling"),
  },
  {
    title: "Climate Tech Sydney: From Pilot to Product",
    description: [
      "Teams that run batteries, heat pumps and sensors report on the step after the pilot: who",
      "paid, who signed, and what the regulator asked.",
      "",
      "We end with a market place for jobs, data sets and roofs. The room holds thirty, so we",
      "look at each registration, and try to keep a good mix of people who build and people who",
      "buy.",
    ],
    venue: "Harbour Works, 9 Hickson Road, Sydney",
    timeZone: "Australia/Sydney",
    starts: { weekday: 2, daysAhead: 25, at: "17:30" },
    durationMinutes: 180,
    capacity: 30,
    hasWaitlist: true,
    approves: 7,
    tags: ["climate tech", "energy", "startups"],
    organizer: "ngaire",
    isDraft: false,
    language: "en",
    guests: guests("liam:3 meiling nele dario:2 ines vikram rafael:2 linus adeline kenji"),
  },
];
