// The dashboard of what people do: from an account to a conversation. It counts acts, not people:
// no metric knows a person.
import type { Board, Panel } from "./panels.ts";

/** How many in a day; it moves with the end of the picture. */
const inDay = (selector: string, ...by: string[]): string => {
  const sum = by.length === 0 ? "sum" : `sum by (${by.join(", ")})`;
  return `${sum} (increase(${selector}[1d]))`;
};

const STEPS: Readonly<Record<string, string>> = {
  "1 accounts": "users_accounts_created_total",
  "2 registrations": "events_registrations_total",
  "3 check-ins": "events_check_ins_total",
  "4 matches": "matching_matches_total",
  "5 conversations": "messaging_conversations_total",
  "6 messages": 'messaging_sends_total{verdict="stored"}',
};

const FUNNEL: readonly Panel[] = [
  {
    title: "A day",
    says: "Each step of the way, in the last 24 hours.",
    unit: "short",
    look: "number",
    queries: Object.fromEntries(
      Object.entries(STEPS).map(([step, metric]) => [step, inDay(metric)]),
    ),
  },
  {
    title: "The way, day by day",
    says: "Each point is the 24 hours before it.",
    unit: "short",
    queries: Object.fromEntries(
      Object.entries(STEPS).map(([step, metric]) => [step, inDay(metric)]),
    ),
  },
  {
    title: "Matches for a hundred answers",
    says: "How often both say yes.",
    unit: "short",
    queries: {
      matches: `100 * ${inDay("matching_matches_total")} / ${inDay("matching_answers_total")}`,
    },
    isEmptyUntil: "somebody answers a suggestion",
  },
];

const PARTS: readonly Panel[] = [
  {
    title: "Sign-ins",
    says: "By method, and by what the person got.",
    unit: "short",
    queries: { "{{method}} {{outcome}}": inDay("users_sign_ins_total", "method", "outcome") },
  },
  {
    title: "Registrations",
    says: "By the status that they got at first.",
    unit: "short",
    queries: { "{{status}}": inDay("events_registrations_total", "status") },
  },
  {
    title: "Events",
    says: "Published ones, and people at the door.",
    unit: "short",
    queries: {
      published: inDay("events_published_total"),
      "checked in": inDay("events_check_ins_total"),
      "walked in": inDay("events_walk_ins_total"),
    },
  },
  {
    title: "Answers to suggestions",
    says: "Many declined ones say that suggestions are bad.",
    unit: "short",
    queries: { "{{answer}}": inDay("matching_answers_total", "answer") },
    isEmptyUntil: "somebody answers a suggestion",
  },
  {
    title: "Conversations",
    says: "New ones by kind.",
    unit: "short",
    queries: { "{{kind}}": inDay("messaging_conversations_total", "kind") },
  },
  {
    title: "Sends",
    says: "Stored ones are messages; others were refused.",
    unit: "short",
    queries: { "{{verdict}}": inDay("messaging_sends_total", "verdict") },
  },
];

export const funnel: Board = {
  name: "funnel",
  title: "what people do",
  rows: [
    { title: "The way", panels: FUNNEL },
    { title: "Its parts", panels: PARTS },
  ],
};
