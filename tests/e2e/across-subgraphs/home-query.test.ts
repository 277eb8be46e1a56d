// The query over all four subgraphs that an app sends when it opens: its values, the router's
// requests to the subgraphs, and the SQL statements of each.
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { type Call, traced } from "../../kit/calls.ts";
import { dataOf } from "../../kit/client.ts";
import { aCircle, type Circle } from "./circle.ts";
import { startUnbatched, type Unbatched } from "./unbatched.ts";

const HOME = operation("Home");
const PAGE = { first: 10 };

/** The router's requests to the subgraphs, and the statements of each answer. */
const CALLS: readonly Call[] = [
  // The events that are shared with suggested people.
  { subgraph: "events", fields: ["_entities"], statements: 1 },
  // The registrations, their events, and the attendees.
  { subgraph: "events", fields: ["_entities"], statements: 3 },
  // The latest list, its page, and the shared events.
  { subgraph: "matching", fields: ["matchSuggestions"], statements: 3 },
  // The page with the unread counts, the members, and the latest messages.
  { subgraph: "messaging", fields: ["conversations"], statements: 3 },
  // People: attendees, suggested people, and members.
  { subgraph: "users", fields: ["_entities"], statements: 1 },
  { subgraph: "users", fields: ["_entities"], statements: 1 },
  { subgraph: "users", fields: ["_entities"], statements: 1 },
  { subgraph: "users", fields: ["me"], statements: 1 },
];

const circles = new Map<number, Circle>();
let unbatched: Unbatched;
beforeAll(async () => {
  for (const size of [2, 8]) {
    const circle = await aCircle(size);
    // The first query makes the list of suggestions. Later ones read it.
    await dataOf(HOME, PAGE, { as: circle.ada.token });
    circles.set(size, circle);
  }
  unbatched = await startUnbatched();
});
afterAll(() => unbatched.stop());

function circleOf(size: number): Circle {
  const circle = circles.get(size);
  if (!circle) throw new Error(`there is no circle of ${size}`);
  return circle;
}

const edges = (nodes: readonly object[]) => ({ edges: nodes.map((node) => ({ node })) });

/** The expected answer for Ada. */
function homeOf({ ada, friends, eventIds, conversationIds }: Circle) {
  const card = { avatarUrl: null };
  const [self, ...others] = [
    { id: ada.id, displayName: "Ada" },
    ...friends.map(({ id }) => ({ id, displayName: "Friend" })),
  ];
  const cards = [{ ...self, ...card }, ...others.map((other) => ({ ...other, ...card }))];
  const events = eventIds.map((id) => ({ id, title: "Evening", startsAt: expect.any(String) }));
  return {
    me: {
      ...self,
      registrations: edges(
        events.map((event) => ({
          id: expect.any(String),
          status: "CONFIRMED",
          event: { ...event, attendees: edges(cards) },
        })),
      ),
    },
    matchSuggestions: edges(
      others.map((other) => ({
        id: expect.any(String),
        score: expect.any(Number),
        user: { ...other, headline: null },
        reasons: expect.arrayContaining([
          {
            kind: "SHARED_EVENTS",
            description: `You are both registered for ${eventIds.length} events.`,
          },
        ]),
        sharedEvents: events.slice(0, 5),
      })),
    ),
    conversations: edges(
      conversationIds.map((id) => ({
        id,
        kind: "GROUP",
        title: "Talk",
        unreadCount: friends.length,
        members: edges(cards.map((user, at) => ({ role: at === 0 ? "OWNER" : "MEMBER", user }))),
        messages: edges([{ seq: friends.length, body: "hello", createdAt: expect.any(String) }]),
      })),
    ),
  };
}

test.each([2, 8])(
  "the home query over lists of %i takes 8 requests and 15 statements",
  async (size) => {
    const circle = circleOf(size);
    const { data, calls } = await traced(HOME, PAGE, { as: circle.ada.token });
    expect(data).toEqual(homeOf(circle));
    expect(calls).toEqual(CALLS);
  },
);

test("a subgraph without batching gives the same answer, and the count of statements shows it", async () => {
  const circle = circleOf(2);
  const options = { as: circle.ada.token, url: unbatched.url };
  const { data, calls } = await traced(HOME, PAGE, options, { events: unbatched.log });
  expect(data).toEqual(homeOf(circle));
  const statements = calls.map((call) => call.statements);
  expect(statements.slice(0, 2)).toEqual([2, 5]);
  expect(calls.slice(2)).toEqual(CALLS.slice(2));
});
