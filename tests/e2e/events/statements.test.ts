// The number of SQL statements of the events subgraph for the router's requests: a list of parents
// takes as many as one parent.
import { execute, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter } from "../../../kit/data/database.ts";
import { FOLDED } from "../../../kit/data/refolding.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub } from "../../../kit/live/pubsub.ts";
import { logReader } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import { subgraphSchema } from "../../../kit/service/subgraph.ts";
import type { Viewer } from "../../../kit/trust/identity.ts";
import { contextMaker } from "../../../subgraphs/events/context.ts";
import { resolvers as checkIns } from "../../../subgraphs/events/door/check-ins/resolvers.ts";
import { resolvers as doorList } from "../../../subgraphs/events/door/door-list/resolvers.ts";
import { resolvers as tickets } from "../../../subgraphs/events/door/tickets/resolvers.ts";
import { resolvers as walkIns } from "../../../subgraphs/events/door/walk-ins/resolvers.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { resolvers as events } from "../../../subgraphs/events/planning/events/resolvers.ts";
import { resolvers as listing } from "../../../subgraphs/events/planning/listing/resolvers.ts";
import { resolvers as attendees } from "../../../subgraphs/events/seats/attendees/resolvers.ts";
import { resolvers as registrations } from "../../../subgraphs/events/seats/registrations/resolvers.ts";
import { countingPool, withDatabase } from "../../kit/database.ts";
import { stack } from "../../kit/stack.ts";
import { eventsFiles } from "../../kit/stack-storage.ts";
import { anEvent, register, tokenHolders } from "../../kit/stories.ts";
import { ticketCodes } from "../../kit/tickets.ts";

const { pool, statements } = countingPool("events");
const database = new PrismaClient({ adapter: createAdapter(pool) });
const log = createLog({ name: "statements-test", level: "error" });
const { urls, redisPrefix } = stack();
const pubsub = createPubSub({ url: urls.redis, prefix: `${redisPrefix}:events`, log });
const live = createLive({ logs: logReader(database), pubsub, log, pollMs: 3_600_000 });
const contextOf = contextMaker({
  database,
  live,
  tickets: ticketCodes(),
  folded: FOLDED,
  ...eventsFiles(),
});
const schema = subgraphSchema("events", [
  events,
  listing,
  attendees,
  registrations,
  tickets,
  checkIns,
  walkIns,
  doorList,
]);

afterAll(async () => {
  live.close();
  await pubsub.close();
  await database.$disconnect();
  await pool.end();
});

/** Runs an operation as the router sends it, and returns its statements. */
async function statementsOf(viewerId: string, query: string, variables: object) {
  const viewer: Viewer = {
    id: viewerId,
    sessionId: "",
    roles: [],
    scopes: ["registrations:write", "verified"],
    expiresAt: Number.MAX_SAFE_INTEGER,
  };
  const request = requestContext({ kind: "viewer", viewer }, "", log, systemClock);
  statements();
  const result = await execute({
    schema,
    document: parse(query),
    variableValues: { ...variables },
    contextValue: contextOf(request),
  });
  expect(result.errors).toBeUndefined();
  return statements();
}

const EVENT_REFERENCES = `query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Event { title organizer { id } viewerRegistration { status waitlistPosition }
    attendees(first: 5) { edges { node { id } } } } } }`;

const USER_REFERENCES = `query($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on User { registrations(first: 5) { edges { node {
    status waitlistPosition event { title } attendee { id } } } } } } }`;

describe("statement counts:", () => {
  const eventIds: string[] = [];
  let organizerId = "";
  let viewerId = "";

  beforeAll(async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    organizerId = organizer.id;
    viewerId = bob.id;
    for (let made = 0; made < 8; made += 1) {
      const eventId = await anEvent(organizer.token, { capacity: 1 });
      eventIds.push(eventId);
      await register(ada.token, eventId);
      await register(bob.token, eventId);
    }
  });

  test.each([1, 8])(
    "attendees and own registrations of %i events take 5 statements",
    async (count) => {
      const representations = eventIds.slice(0, count).map((id) => ({ __typename: "Event", id }));
      expect(await statementsOf(viewerId, EVENT_REFERENCES, { representations })).toHaveLength(5);
    },
  );

  test("a person's registrations with their events take 3 statements", async () => {
    const representations = [{ __typename: "User", id: viewerId }];
    expect(await statementsOf(viewerId, USER_REFERENCES, { representations })).toHaveLength(3);
  });

  test("a page of events takes 1 statement", async () => {
    const query = `query($id: ID) { events(first: 100, filter: { organizerId: $id }) {
      edges { node { title seatsLeft } } } }`;
    expect(await statementsOf(viewerId, query, { id: organizerId })).toHaveLength(1);
  });

  test("searching events takes 1 statement, and uses an index for words of Latin letters", async () => {
    const query = `query($search: String) { events(filter: { search: $search, tags: ["a"] }) {
      edges { node { title } } } }`;
    for (const search of ["one", "one two three zur"]) {
      expect(await statementsOf(viewerId, query, { search })).toHaveLength(1);
    }
    expect(await statementsOf(viewerId, query, { search: "?!" })).toEqual([]);
    const plan = await withDatabase("events", async (client) => {
      await client.query("set enable_seqscan = off");
      const { rows } = await client.query(
        "explain select id from event where search_text like '% one %' and search_text like '% z%'",
      );
      return JSON.stringify(rows);
    });
    expect(plan).toContain("event_search_text_idx");
  });

  test("registering takes 11 statements between begin and commit", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const mutation = `mutation($id: ID!) { registerForEvent(input: { eventId: $id }) { __typename } }`;
    const sent = await statementsOf(ada.id, mutation, { id: eventId });
    const inside = sent.filter((sql) => !/^(BEGIN|COMMIT|SET TRANSACTION)/i.test(sql));
    expect(inside).toHaveLength(11);
  });
});
