// Each subgraph enforces the SDL's authorization at its own port, as if there were no router: over
// HTTP, by `_entities` and over graphql-ws, with identity tokens. There is an example for every
// kind of requirement.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { ANONYMOUS, IDENTITY_HEADER, type Identity } from "../../kit/trust/identity.ts";
import { ROLES, scopesOf } from "../../subgraphs/users/accounts/roles/rules.ts";
import { openSocket } from "../kit/socket.ts";
import { stack } from "../kit/stack.ts";
import { anEvent, aPerson, eventInput, type Person, register } from "../kit/stories.ts";
import { identityToken } from "../kit/tokens.ts";

const AUDIENCE: Identity = { kind: "audience" };

function viewerOf(id: string, roles: Parameters<typeof scopesOf>[0]) {
  const expiresAt = Date.now() + 600_000;
  const viewer = { id, sessionId: newId(), roles, scopes: scopesOf(roles), expiresAt };
  return { kind: "viewer", viewer } satisfies Identity;
}

/** An anonymous client, an audience, and a person of each role without an account. */
const askers: Readonly<Record<string, Identity>> = {
  anonymous: ANONYMOUS,
  audience: AUDIENCE,
  ...Object.fromEntries(ROLES.map((role) => [role, viewerOf(newId(), [role])])),
};

const urlOf = (subgraph: string) => new URL("/graphql", stack().urls.subgraphs[subgraph]?.[0]);

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly path?: unknown[]; readonly extensions: { code: string } }[];
}

async function ask(
  subgraph: string,
  identity: Identity,
  query: string,
  variables: object = {},
): Promise<Answer> {
  const response = await fetch(urlOf(subgraph), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [IDENTITY_HEADER]: await identityToken(identity),
    },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

/** The answer for each identity: the code of the first error, or the data. */
async function answerOf(subgraph: string, query: string, variables: object = {}) {
  const answers = await Promise.all(
    Object.entries(askers).map(async ([name, identity]) => {
      const { data, errors } = await ask(subgraph, identity, query, variables);
      return [name, errors?.[0]?.extensions.code ?? data] as const;
    }),
  );
  return Object.fromEntries(answers);
}

const forAll = (value: unknown) => Object.fromEntries(Object.keys(askers).map((it) => [it, value]));
const reference = (type: string, fields: string) =>
  `query($id: ID!) { _entities(representations: [{ __typename: "${type}", id: $id }]) {
    ... on ${type} { ${fields} } } }`;
const entity = (fields: object) => ({ _entities: [fields] });

let ada: Person;
let eventId: string;
beforeAll(async () => {
  ada = await aPerson("Ada");
  eventId = await anEvent(ada.token);
  await register(ada.token, eventId);
});

describe("over HTTP", () => {
  test("public fields are readable by everybody", async () => {
    const query = "query($id: ID!) { event(id: $id) { id seatsTaken } }";
    expect(await answerOf("events", query, { id: eventId })).toEqual(
      forAll({ event: { id: eventId, seatsTaken: 1 } }),
    );
  });

  test("people are readable by signed-in viewers, and their cards by an audience too", async () => {
    const card = { displayName: "Ada" };
    expect(await answerOf("users", reference("User", "displayName"), { id: ada.id })).toEqual({
      ...forAll(entity(card)),
      anonymous: "UNAUTHENTICATED",
    });
    expect(await answerOf("users", reference("User", "bio"), { id: ada.id })).toEqual({
      ...forAll(entity({ bio: null })),
      anonymous: "UNAUTHENTICATED",
      audience: "FORBIDDEN",
    });
  });

  const create = `mutation($input: CreateEventInput!) {
    createEvent(input: $input) { __typename } }`;

  test("a mutation needs the scope of a role", async () => {
    const made = { createEvent: { __typename: "CreateEventSuccess" } };
    expect(await answerOf("events", create, { input: eventInput() })).toEqual({
      ...forAll("FORBIDDEN"),
      anonymous: "UNAUTHENTICATED",
      ORGANIZER: made,
      ADMIN: made,
    });
  });

  test("authorization comes before the validation of input, so the error reveals nothing", async () => {
    const input = { ...eventInput(), capacity: -1 };
    expect(await answerOf("events", create, { input })).toMatchObject({
      anonymous: "UNAUTHENTICATED",
      USER: "FORBIDDEN",
      ORGANIZER: "BAD_USER_INPUT",
    });
  });

  test("fields for oneself and admins are null for others, without an error", async () => {
    const query = reference("User", "email roles");
    const hidden = entity({ email: null, roles: null });
    const shown = entity({ email: ada.email, roles: ["USER", "ORGANIZER"] });
    expect(await answerOf("users", query, { id: ada.id })).toEqual({
      ...forAll(hidden),
      anonymous: "UNAUTHENTICATED",
      audience: "FORBIDDEN",
      ADMIN: shown,
    });
    const own = await ask("users", viewerOf(ada.id, ["USER"]), query, { id: ada.id });
    expect(own).toEqual({ data: shown });
  });

  test("they are so in another subgraph's entities too", async () => {
    const query = reference("User", "registrations { edges { node { status } } }");
    const shown = entity({ registrations: { edges: [{ node: { status: "CONFIRMED" } }] } });
    expect(await answerOf("events", query, { id: ada.id })).toEqual({
      ...forAll(entity({ registrations: null })),
      anonymous: "UNAUTHENTICATED",
      audience: "FORBIDDEN",
      ADMIN: shown,
    });
    const own = await ask("events", viewerOf(ada.id, ["USER"]), query, { id: ada.id });
    expect(own).toEqual({ data: shown });
  });

  test("only the blocker reads the list of blocked people, not even an admin", async () => {
    const query = reference("User", "blockedUsers { edges { cursor } }");
    expect(await answerOf("users", query, { id: ada.id })).toEqual({
      ...forAll(entity({ blockedUsers: null })),
      anonymous: "UNAUTHENTICATED",
      audience: "FORBIDDEN",
    });
  });

  test("the answer to signing in has the viewer, although the request is anonymous", async () => {
    const query = `mutation($input: SignInInput!) { signIn(input: $input) {
      ... on SignInSuccess { viewer { displayName email bio roles } } } }`;
    const input = { email: ada.email, password: ada.password };
    expect(await ask("users", ANONYMOUS, query, { input })).toEqual({
      data: {
        signIn: {
          viewer: {
            displayName: "Ada",
            email: ada.email,
            bio: null,
            roles: ["USER", "ORGANIZER"],
          },
        },
      },
    });
  });
});

describe("references", () => {
  test("reveal nothing to an anonymous client, not even which people exist", async () => {
    const query = `query($of: [_Any!]!) { _entities(representations: $of) {
      ... on User { displayName } } }`;
    const of = [ada.id, newId(), "x"].map((id) => ({ __typename: "User", id }));
    const { data, errors } = await ask("users", ANONYMOUS, query, { of });
    expect(data).toEqual({ _entities: [null, null, null] });
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual(
      of.map((_, at) => [["_entities", at], "UNAUTHENTICATED"]),
    );
  });

  test.each([
    ["matching", "Match"],
    ["matching", "MatchSuggestion"],
    ["messaging", "Conversation"],
    ["messaging", "Message"],
    ["events", "Registration"],
  ])(
    "of %s's %s are refused to anonymous clients and null for strangers",
    async (subgraph, type) => {
      const answers = await answerOf(subgraph, reference(type, "id"), { id: newId() });
      expect(answers).toMatchObject({ anonymous: "UNAUTHENTICATED", ADMIN: { _entities: [null] } });
    },
  );
});

describe("over graphql-ws", () => {
  /** The code with which a stream is refused, or the kind of its first frame. */
  async function refusal(subgraph: string, identity: Identity, query: string) {
    const token = await identityToken(identity);
    const socket = await openSocket({ url: urlOf(subgraph).href });
    try {
      socket.send({ type: "connection_init", payload: { identity: token } });
      await socket.next();
      const payload = { query, extensions: { identity: token } };
      socket.send({ id: "it", type: "subscribe", payload });
      const { type, payload: frameErrors } = await socket.next("it");
      return type === "error"
        ? (frameErrors as NonNullable<Answer["errors"]>)[0]?.extensions.code
        : type;
    } finally {
      socket.close();
    }
  }

  test.each([
    ["events", "subscription { viewerRegistrationUpdated { seq } }"],
    ["matching", "subscription { matchCreated { seq } }"],
    ["messaging", "subscription { inboxEvents { seq } }"],
  ])(
    "a person's stream of %s is refused to anonymous clients and audiences",
    async (name, query) => {
      expect(await refusal(name, ANONYMOUS, query)).toBe("UNAUTHENTICATED");
      expect(await refusal(name, AUDIENCE, query)).toBe("FORBIDDEN");
    },
  );

  test("an event's stream is replayed to its organizer and refused to anonymous clients", async () => {
    const query = `subscription { registrationUpdated(eventId: "${eventId}", after: 0) { seq } }`;
    expect(await refusal("events", viewerOf(ada.id, ["USER"]), query)).toBe("next");
    expect(await refusal("events", viewerOf(newId(), ["USER"]), query)).toBe("FORBIDDEN");
    expect(await refusal("events", ANONYMOUS, query)).toBe("UNAUTHENTICATED");
  });
});
