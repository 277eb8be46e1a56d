// People who are leaving, with the token of a real sign-in: they come back or go, and reach nothing
// else, through a router and at the subgraphs themselves. roles.test.ts has every operation.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { IDENTITY_HEADER, type Identity } from "../../kit/trust/identity.ts";
import { operation } from "../../schema/operations.ts";
import { ROLES, scopesOf } from "../../subgraphs/users/accounts/roles/rules.ts";
import { ask, dataOf, type GraphQLAnswer } from "../kit/client.ts";
import { codeOf, connect } from "../kit/socket.ts";
import { graphqlUrl, stack } from "../kit/stack.ts";
import { anEvent, aPerson, eventInput, type Person, register } from "../kit/stories.ts";
import { identityToken } from "../kit/tokens.ts";

let ada: Person;
let token = "";
let eventId = "";

interface SignedIn {
  readonly signIn: { readonly accessToken: string; readonly refreshToken: string };
}

/** Signs the person in again, with the fields that an app may ask for. */
async function signIn({ email, password }: Person): Promise<SignedIn["signIn"]> {
  const query = `mutation($input: SignInInput!) { signIn(input: $input) { ... on SignInSuccess {
    accessToken refreshToken viewer { id displayName languages createdAt roles } } } }`;
  return (await dataOf<SignedIn>(query, { input: { email, password } })).signIn;
}

const codesOf = ({ errors = [] }: Pick<GraphQLAnswer, "errors">) => [
  ...new Set(errors.map(({ extensions }) => extensions.code)),
];

beforeAll(async () => {
  ada = await aPerson("Ada");
  eventId = await anEvent(ada.token);
  await register(ada.token, eventId);
  const input = { password: ada.password };
  await dataOf(operation("DeleteAccount"), { input }, { as: ada.token });
  token = (await signIn(ada)).accessToken;
});

describe("through a router, somebody who is leaving", () => {
  test.each<[string, Record<string, unknown>]>([
    ["UpdateProfile", { input: { headline: "still here" } }],
    ["SendMessage", { input: { conversationId: newId(), body: "x", clientMessageId: "x" } }],
    ["RegisterForEvent", { input: { eventId: newId() } }],
    ["ChangePassword", { input: { currentPassword: "x", newPassword: "y" } }],
    ["DeleteAccount", { input: { password: "x" } }],
    ["EnrollTotp", {}],
    ["Conversations", {}],
    ["Matches", {}],
    ["MyRegistrations", {}],
    ["SearchUsers", { search: "Ada" }],
    ["UserProfile", { id: newId() }],
    ["Sessions", {}],
    ["BlockedUsers", {}],
  ])("is refused %s", async (name, variables) => {
    expect(codesOf(await ask(operation(name), variables, { as: token }))).toEqual(["FORBIDDEN"]);
  });

  test("opens no stream", async () => {
    const socket = await connect({ as: token });
    for (const name of ["InboxSignals", "InboxEvents", "MatchCreated"]) {
      expect(codeOf(await socket.next(socket.subscribe(operation(name)))), name).toBe("FORBIDDEN");
    }
    socket.close();
  });

  test("reads what everybody reads, as everybody does: not even a draft of their own", async () => {
    const { events } = await dataOf<{ events: object }>(
      "{ events(first: 1) { edges { cursor } } }",
      {},
      { as: token },
    );
    expect(events).toBeTruthy();
    const eve = await aPerson("Eve");
    const query =
      "mutation($input: CreateEventInput!) { createEvent(input: $input) { " +
      "... on CreateEventSuccess { event { id } } } }";
    const { createEvent } = await dataOf<{ createEvent: { event: { id: string } } }>(
      query,
      { input: eventInput() },
      { as: eve.token },
    );
    await dataOf(
      operation("DeleteAccount"),
      { input: { password: eve.password } },
      { as: eve.token },
    );
    const { accessToken } = await signIn(eve);
    const draft = "query($id: ID!) { event(id: $id) { id } }";
    const variables = { id: createEvent.event.id };
    expect(await dataOf(draft, variables, { as: accessToken })).toEqual({ event: null });
  });

  test("gets no list of registrations, not even of an event of their own", async () => {
    const url = new URL(`/events/${eventId}/registrations.csv`, graphqlUrl());
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect([401, 403, 404]).toContain(response.status);
    expect(response.headers.get("content-type")).not.toContain("csv");
  });

  test("ends other sessions and their own, or comes back and has everything again", async () => {
    const [one, other] = [await signIn(ada), await signIn(ada)];
    const ended = await dataOf<{ endOtherSessions: { endedCount: number } }>(
      operation("EndOtherSessions"),
      {},
      { as: one.accessToken },
    );
    expect(ended.endOtherSessions.endedCount).toBeGreaterThanOrEqual(1);
    const { refreshToken } = other;
    expect(await dataOf(operation("RefreshSession"), { input: { refreshToken } })).toMatchObject({
      refreshSession: { __typename: "InvalidRefreshTokenProblem" },
    });
    await dataOf(operation("RestoreAccount"), {}, { as: one.accessToken });
    const refreshed = await dataOf<{ refreshSession: { accessToken: string } }>(
      operation("RefreshSession"),
      { input: { refreshToken: one.refreshToken } },
    );
    const { accessToken } = refreshed.refreshSession;
    expect(codesOf(await ask(operation("Conversations"), {}, { as: accessToken }))).toEqual([]);
    expect(codesOf(await ask(operation("SignOut"), {}, { as: accessToken }))).toEqual([]);
  });
});

describe("at a subgraph itself, a restricted person with scopes that a mistake has left to them", () => {
  const restricted = (id: string): Identity => {
    const rights = { roles: ROLES, scopes: scopesOf(ROLES) };
    const viewer = { id, sessionId: newId(), expiresAt: Date.now() + 600_000, ...rights };
    return { kind: "viewer", viewer: { ...viewer, isRestricted: true } };
  };
  const askSubgraph = async (name: string, query: string, variables: object = {}) => {
    const response = await fetch(new URL("/graphql", stack().urls.subgraphs[name]?.[0]), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        [IDENTITY_HEADER]: await identityToken(restricted(ada.id)),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphQLAnswer;
  };
  const reference = (fields: string) =>
    `query($id: ID!) { _entities(representations: [{ __typename: "User", id: $id }]) {
      ... on User { ${fields} } } }`;

  test("has what is marked for them", async () => {
    const { data, errors } = await askSubgraph("users", "{ me { id displayName leavesAt } }");
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ me: { id: ada.id, displayName: "Ada" } });
  });

  test.each<[string, string]>([
    ["users", "{ me { bio } }"],
    ["users", "{ me { email } }"],
    ["users", "{ me { sessions { edges { cursor } } } }"],
    ["users", "query($id: ID!) { user(id: $id) { id } }"],
    ["users", reference("id")],
    ["events", reference("registrations { edges { cursor } }")],
    ["events", 'mutation { publishEvent(input: { eventId: "x" }) { __typename } }'],
    ["matching", "{ matches { edges { cursor } } }"],
    ["messaging", "{ conversations { edges { cursor } } }"],
  ])("is refused by %s: %s", async (name, query) => {
    const variables = query.includes("$id") ? { id: ada.id } : {};
    expect(codesOf(await askSubgraph(name, query, variables))).toEqual(["FORBIDDEN"]);
  });
});
