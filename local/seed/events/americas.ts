// Demo events in New York, San Francisco and São Paulo. Data only.

import { guests } from "./guests.ts";
import type { EventPlan } from "./plan.ts";

export const americas: readonly EventPlan[] = [
  {
    title: "Debugging in Production: Four Case Studies",
    description: [
      "Four engineers walk through a failure that took them more than a week to explain: a",
      "clock, a cache, a cable, and a comment that was wrong for eleven years.",
      "",
      "Each case ends with the one measurement that would have shortened the search. Between",
      "the talks we stand at whiteboards, and you can try to find the fault before the speaker",
      "tells.",
    ],
    venue: "Pier Hall, 88 Water Street, New York",
    timeZone: "America/New_York",
    starts: { weekday: 3, daysAhead: 8, at: "18:00" },
    durationMinutes: 180,
    capacity: 60,
    hasWaitlist: true,
    tags: ["debugging", "observability", "reliability"],
    organizer: "grace",
    isDraft: false,
    language: "en",
    guests: guests(`
      ada hyejin luis:2 danielle rachel wei naomi siobhan marcus isabelle:2
      kiprono yui ananya linus arjun ximena:3 thiago mateusz
    `),
  },
  {
    title: "Seed Office Hours: Founders Meet Investors",
    description: [
      "Four slots of half an hour for teams that have not raised money before.",
      "",
      "Bring numbers, if you have any, and the question you would not ask on a stage. There is",
      "no pitch deck and no projector, only two chairs and a notebook.",
    ],
    venue: "Foundry Loft, 510 Brannan Street, San Francisco",
    timeZone: "America/Los_Angeles",
    starts: { weekday: 2, daysAhead: 12, at: "13:00" },
    durationMinutes: 150,
    capacity: 4,
    hasWaitlist: true,
    tags: ["fundraising", "startups", "mentoring"],
    organizer: "arjun",
    isDraft: false,
    language: "en",
    guests: guests("naomi rachel:2 kenji rafael jonas:2 meiling"),
  },
  {
    title: "Mulheres em Dados: Noite de Projetos",
    description: [
      "Women who work with data show projects in progress: maps, forecasts, pipelines,",
      "mistakes. Talks are in Portuguese and English, everybody is welcome in the audience.",
      "",
      "Cada apresentação tem dez minutos e termina com um pedido: dados, revisão, uma pessoa",
      "para conversar. Depois há pão de queijo e tempo para responder.",
    ],
    venue: "Casa Pinheiros, Rua Fradique Coutinho 300, São Paulo",
    timeZone: "America/Sao_Paulo",
    starts: { weekday: 4, daysAhead: 20, at: "19:00" },
    durationMinutes: 150,
    capacity: 50,
    hasWaitlist: true,
    tags: ["data", "women in tech", "project night"],
    organizer: "beatriz",
    isDraft: false,
    language: "pt",
    guests: guests(`
      camila:2 luiza thiago rafael ximena ada fatima oksana layla luis:2
      priya hyejin
    `),
  },
];
