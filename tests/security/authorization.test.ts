// Authorization at the running graph, over HTTP and WebSocket: permissions, the form of a refusal,
// no fetch of denied fields, and no change. Events of subscriptions are tested with another graph
// in tests/e2e/router.
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { tracedCalls } from "../kit/calls.ts";
import { type AskOptions, ask, dataOf, type GraphQLAnswer } from "../kit/client.ts";
import { withDatabase } from "../kit/database.ts";
import { connect, type Frame } from "../kit/socket.ts";
import { anEvent, aPerson, eventInput, type Person } from "../kit/stories.ts";
import { accessToken } from "../kit/tokens.ts";

let organizer: Person;
let person: Person;
let admin: string;
/** Signed in, with the scope to write registrations only. */
let user: string;
let eventId: string;
beforeAll(async () => {
  [organizer, person] = await Promise.all([aPerson("Olga"), aPerson("Paul")]);
  const roles = ["ADMIN"];
  admin = await accessToken({
    userId: organizer.id,
    roles,
    scopes: ["admin", "events:write", "verified"],
  });
  user = await accessToken({
    userId: person.id,
    roles: ["USER"],
    scopes: ["registrations:write", "verified"],
  });
  eventId = await anEvent(organizer.token, { title: "Open evening", tags: ["guarded"] });
  const registration = { input: { eventId } };
  await dataOf(operation("RegisterForEvent"), registration, { as: person.token });
});

type Variables = Readonly<Record<string, unknown>>;
type Outcome = Pick<GraphQLAnswer<Record<string, unknown>>, "data" | "errors">;

/** The data, and codes by path. Fails unless both transports give the same. */
async function answered(query: string, as?: string, variables: Variables = {}) {
  const overHttp = factsOf(await ask<Record<string, unknown>>(query, variables, { as }));
  const socket = await connect({ as });
  const { payload } = await socket.next(socket.subscribe(query, variables));
  socket.close();
  expect(factsOf(payload as Outcome)).toEqual(overHttp);
  return overHttp;
}

function factsOf({ data, errors = [] }: Outcome) {
  const denied = errors.map(({ path = [], extensions }) => `${path.join(".")}: ${extensions.code}`);
  return { data, denied };
}

const askAll = (headers: AskOptions["headers"] = {}) =>
  ask(operation("Home"), {}, { as: organizer.token, headers });

describe("an anonymous client", () => {
  test("reads public fields, and no names", async () => {
    const query = `query ($id: ID!) { event(id: $id) { title host: organizer { ...Card } } }
      fragment Card on User { id displayName }`;
    expect(await answered(query, undefined, { id: eventId })).toEqual({
      data: { event: { title: "Open evening", host: null } },
      denied: ["event.host.id: UNAUTHENTICATED"],
    });
    expect(await answered(query, user, { id: eventId })).toEqual({
      data: { event: { title: "Open evening", host: { id: organizer.id, displayName: "Olga" } } },
      denied: [],
    });
  });

  test("has a null `me` without an error", async () => {
    expect(await answered("{ me { id email registrations { edges { cursor } } } }")).toEqual({
      data: { me: null },
      denied: [],
    });
  });

  test("gets null for the non-null parents of a denied field, through lists", async () => {
    const inside = "{ edges { node { title attendees { edges { node { id } } } } } }";
    const variables = { filter: { tags: ["guarded"] } };
    const events = (selected: string) =>
      `query ($filter: EventFilter) { events(filter: $filter) ${selected} }`;
    expect(await answered(events(inside), undefined, variables)).toEqual({
      data: null,
      denied: ["events.edges.0.node.attendees: UNAUTHENTICATED"],
    });
    expect(
      await answered(
        `{ event(id: "${eventId}") { id ... on Event { attendees { pageInfo { endCursor } } } } }`,
      ),
    ).toEqual({
      data: { event: null },
      denied: ["event.attendees: UNAUTHENTICATED"],
    });
    // A field that is null for anonymous clients anyway is no refusal.
    const own = events("{ edges { node { viewerRegistration { id } } } }");
    expect(await answered(own, undefined, variables)).toEqual({
      data: { events: { edges: [{ node: { viewerRegistration: null } }] } },
      denied: [],
    });
  });

  test("reads themselves in the answer to signing in", async () => {
    const query = `mutation ($input: SignInInput!) { signIn(input: $input) {
      ... on SignInSuccess { viewer { ...Own } } ... on Problem { reason } } }
      fragment Own on User { id displayName email }`;
    const { email, password, id } = person;
    const viewer = { id, displayName: "Paul", email };
    expect(await answered(query, undefined, { input: { email, password } })).toEqual({
      data: { signIn: { viewer } },
      denied: [],
    });
    expect(await answered(query, undefined, { input: { email, password: "guess" } })).toMatchObject(
      {
        data: { signIn: { reason: expect.any(String) } },
        denied: [],
      },
    );
  });

  test("causes no fetch of denied fields, and none at all when all fields are denied", async () => {
    const partly = `{ event(id: "${eventId}") { title } matches { edges { cursor } } }`;
    const some = await tracedCalls((headers) => ask(partly, {}, { headers }), askAll);
    expect([some.answer.data, some.calls]).toEqual([null, []]);
    const organizers = `{ event(id: "${eventId}") { title organizer { displayName headline } } }`;
    const one = await tracedCalls((headers) => ask(organizers, {}, { headers }), askAll);
    expect(one.calls.map(({ subgraph, fields }) => [subgraph, fields])).toEqual([
      ["events", ["event"]],
    ]);
  });
});

describe("each role", () => {
  const email = (id: string) => `{ user(id: "${id}") { displayName email roles } }`;

  test("reads of others only the allowed fields: one that needs a relation is null, without an error", async () => {
    const unseen = {
      data: { user: { displayName: "Olga", email: null, roles: null } },
      denied: [],
    };
    expect(await answered(email(organizer.id), user)).toEqual(unseen);
    expect(await answered(email(organizer.id))).toEqual({
      data: { user: null },
      denied: ["user: UNAUTHENTICATED"],
    });
    for (const as of [organizer.token, admin]) {
      const { data, denied } = await answered(email(organizer.id), as);
      expect([data, denied]).toMatchObject([{ user: { email: organizer.email } }, []]);
    }
  });

  test("runs the mutations of its scopes, and a refusal changes nothing", async () => {
    const title = `Refused ${person.id}`;
    const query = `mutation ($event: CreateEventInput!, $eventId: ID!) {
      registerForEvent(input: { eventId: $eventId }) { __typename }
      made: createEvent(input: $event) { ... on CreateEventSuccess { event { id } } } }`;
    const own = await anEvent(organizer.token);
    const variables = { event: eventInput({ title }), eventId: own };
    for (const [as, denied] of [
      [user, "made: FORBIDDEN"],
      [undefined, "registerForEvent: UNAUTHENTICATED"],
    ] as const) {
      expect(await answered(query, as, variables)).toEqual({ data: null, denied: [denied] });
    }
    expect(await rows("select 1 from event where title = $1", title)).toBe(0);
    expect(await rows("select 1 from registration where event_id = $1", own)).toBe(0);
    const { data } = await ask(query, variables, { as: organizer.token });
    expect(data).toMatchObject({ made: { event: { id: expect.any(String) } } });
    expect(await rows("select 1 from event where title = $1", title)).toBe(1);
  });

  test("grants no roles without the scope of admins, even with all other scopes", async () => {
    const query = `mutation ($input: GrantRoleInput!) {
      grantRole(input: $input) { ... on GrantRoleSuccess { user { id } } } }`;
    const input = { userId: person.id, role: "MODERATOR" };
    for (const as of [user, organizer.token, person.token]) {
      const { data, denied } = await answered(query, as, { input });
      expect([data, denied]).toEqual([null, ["grantRole: FORBIDDEN"]]);
    }
  });
});

describe("a subscription", () => {
  const QUERY = `subscription ($id: ID!) { told: registrationUpdated(eventId: $id) {
    seq registration { attendee { displayName email } } } }`;

  test("that needs a sign-in is refused, with the code at its field", async () => {
    const socket = await connect();
    const frame: Frame = await socket.next(socket.subscribe(QUERY, { id: eventId }));
    socket.close();
    expect([frame.type, frame.payload]).toMatchObject([
      "error",
      [{ path: ["told"], extensions: { code: "UNAUTHENTICATED" } }],
    ]);
  });

  test("has in its events only the fields of people that its viewer may read", async () => {
    const told = [];
    for (const as of [organizer.token, admin]) {
      const id = await anEvent(organizer.token);
      const socket = await connect({ as });
      const stream = socket.subscribe(QUERY.replace("eventId: $id", "eventId: $id, after: 0"), {
        id,
      });
      await dataOf(operation("RegisterForEvent"), { input: { eventId: id } }, { as: person.token });
      told.push(await socket.event(stream));
      socket.close();
    }
    const attendee = (email: string | null) => ({
      told: { seq: 1, registration: { attendee: { displayName: "Paul", email } } },
    });
    expect(told).toEqual([attendee(null), attendee(person.email)]);
  });
});

async function rows(statement: string, value: string): Promise<number> {
  return withDatabase("events", async (client) => {
    const { rowCount } = await client.query(statement, [value]);
    return rowCount ?? 0;
  });
}
