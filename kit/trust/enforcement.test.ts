// Guarantees of a subgraph's authorization by its SDL, whatever its resolvers do.
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse, subscribe } from "graphql";
import { beforeEach, describe, expect, test } from "vitest";
import { createLog } from "#kit/service/logger";
import { type RequestContext, requestContext } from "#kit/service/request";
import { enforceAuthorization } from "#kit/trust/enforcement";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key",
    "@authenticated", "@requiresScopes", "@policy", "@composeDirective"])
  directive @signsIn on FIELD_DEFINITION
  directive @whileRestricted on FIELD_DEFINITION | OBJECT
  directive @cacheControl(scope: Scope) on FIELD_DEFINITION | OBJECT
  enum Scope { PUBLIC PRIVATE }
  type Query { me: Person @policy(policies: [["public"]]) }
  type Mutation {
    enter: Entry @policy(policies: [["public"]])
    comeBack: Int @authenticated @whileRestricted
    rule: Int @requiresScopes(scopes: [["rule"]])
  }
  type Subscription { ticks: Int @authenticated }
  type Entry @policy(policies: [["public"]]) { person: Person @signsIn }
  type Person @key(fields: "id") @authenticated {
    id: ID! @whileRestricted
    name: String
    leavesAt: String @policy(policies: [["self"]]) @whileRestricted
    diary: String @cacheControl(scope: PRIVATE)
    email: String @policy(policies: [["self"], ["kin", "adult"]])
    crown: String @requiresScopes(scopes: [["rule"]])
    friends: [Person!]
  }
`;

const called: string[] = [];
beforeEach(() => {
  called.length = 0;
});

function says<T>(name: string, value: T): () => T {
  return () => {
    called.push(name);
    return value;
  };
}

const bob = { id: "bob", name: "Bob", email: "bob@", crown: "of paper", friends: [] };
const ada = {
  id: "ada",
  name: "Ada",
  leavesAt: "May",
  diary: "…",
  crown: "of gold",
  friends: [bob],
};
const resolvers = {
  Query: { me: says("me", ada) },
  Mutation: {
    enter: says("enter", { person: { ...ada, isOwn: true } }),
    comeBack: says("comeBack", 1),
    rule: says("rule", 1),
  },
  Subscription: { ticks: { subscribe: says("ticks", (async function* () {})()) } },
  Person: { email: says("email", "ada@"), __resolveReference: says("reference", ada) },
};
const made = () => buildSubgraphSchema([{ typeDefs: parse(SDL), resolvers }]);

interface Person {
  readonly id: string;
  readonly isOwn?: boolean;
}
const schema = enforceAuthorization<RequestContext>(made(), {
  self: (person: Person, { signedIn }) => person.isOwn === true || signedIn?.id === person.id,
  kin: async (_person: Person, { viewer }) => viewer?.roles.includes("kin") ?? false,
  adult: (_person: Person, { viewer }) => viewer?.roles.includes("adult") ?? false,
});

const log = createLog({ name: "test", level: "silent" });
const contextOf = (identity: Identity) => requestContext(identity, "", log, () => new Date(0));

async function ask(identity: Identity, source: string) {
  const { data, errors = [] } = await graphql({
    schema,
    source,
    contextValue: contextOf(identity),
  });
  return {
    data: JSON.parse(JSON.stringify(data ?? null)),
    errors: errors.map(({ path, extensions }) => [path?.join("."), extensions.code]),
  };
}

const audience: Identity = { kind: "audience" };
const somebody = (id: string, scopes: string[] = [], roles: string[] = []): Identity => ({
  kind: "viewer",
  viewer: { id, sessionId: "s", roles, scopes, expiresAt: 0 },
});

describe("the requirement of a type or field", () => {
  test("holds for fields without a resolver", async () => {
    expect(await ask(ANONYMOUS, "{ me { name } }")).toEqual({
      data: { me: { name: null } },
      errors: [["me.name", "UNAUTHENTICATED"]],
    });
    expect(await ask(somebody("eve"), "{ me { name diary } }")).toEqual({
      data: { me: { name: "Ada", diary: "…" } },
      errors: [],
    });
  });

  test("keeps private fields from the audience", async () => {
    expect(await ask(audience, "{ me { name diary } }")).toEqual({
      data: { me: { name: "Ada", diary: null } },
      errors: [["me.diary", "FORBIDDEN"]],
    });
  });

  test("is checked before the resolver of a mutation runs", async () => {
    for (const identity of [ANONYMOUS, audience, somebody("eve", ["dance"])]) {
      expect((await ask(identity, "mutation { rule }")).data).toEqual({ rule: null });
    }
    expect(called).toEqual([]);
    const ruler = somebody("ada", ["rule"]);
    expect((await ask(ruler, "mutation { rule }")).data).toEqual({ rule: 1 });
  });

  test("is checked before a stream opens", async () => {
    const document = parse("subscription { ticks }");
    const opened = await subscribe({ schema, document, contextValue: contextOf(ANONYMOUS) });
    expect(opened).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(called).toEqual([]);
    await subscribe({ schema, document, contextValue: contextOf(somebody("eve")) });
    expect(called).toEqual(["ticks"]);
  });
});

describe("a policy about the relation of two people", () => {
  test.each([
    ["the person", somebody("ada"), "ada@"],
    ["a stranger", somebody("eve"), null],
    ["half of a group", somebody("eve", [], ["kin"]), null],
    ["the whole of a group", somebody("eve", [], ["kin", "adult"]), "ada@"],
  ])("gives %s the value, or null in silence", async (_who, identity, email) => {
    expect(await ask(identity, "{ me { email } }")).toEqual({
      data: { me: { email } },
      errors: [],
    });
    expect(called).toEqual(email === null ? ["me"] : ["me", "email"]);
  });

  test("without a function stops the start, with a message that says what to do", () => {
    expect(() => enforceAuthorization(made(), { self: () => true, kin: () => true })).toThrow(
      'Person.email demands the policy "adult", which nobody decides: give startSubgraph ' +
        "policies.adult",
    );
  });
});

describe("a restricted person", () => {
  const restricted = (id: string): Identity => ({
    kind: "viewer",
    viewer: { id, sessionId: "s", roles: [], scopes: ["rule"], expiresAt: 0, isRestricted: true },
  });

  test("has the marked fields and no others, whatever their token says", async () => {
    const query = "{ me { id leavesAt name diary email crown friends { id } } }";
    const { data, errors } = await ask(restricted("ada"), query);
    const refused = ["name", "diary", "email", "crown", "friends"];
    const nothing = Object.fromEntries(refused.map((name) => [name, null]));
    expect(data).toEqual({ me: { id: "ada", leavesAt: "May", ...nothing } });
    expect(errors).toEqual(refused.map((name) => [`me.${name}`, "FORBIDDEN"]));
    expect((await ask(restricted("eve"), "{ me { leavesAt } }")).data).toEqual({
      me: { leavesAt: null },
    });
  });

  test("runs marked mutations alone, and opens no stream", async () => {
    expect((await ask(restricted("ada"), "mutation { comeBack }")).data).toEqual({ comeBack: 1 });
    expect((await ask(restricted("ada"), "mutation { rule }")).data).toEqual({ rule: null });
    const document = parse("subscription { ticks }");
    const contextValue = contextOf(restricted("ada"));
    const opened = await subscribe({ schema, document, contextValue });
    expect(opened).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
    expect(called).toEqual(["comeBack"]);
  });

  test("is no viewer, so that public fields serve them as anonymous", () => {
    expect(contextOf(restricted("ada"))).toMatchObject({ viewer: null, signedIn: { id: "ada" } });
    expect(contextOf(somebody("ada"))).toMatchObject({ viewer: { id: "ada" } });
  });

  test("resolves no reference", async () => {
    const query = `{ _entities(representations: [{ __typename: "Person", id: "ada" }]) { __typename } }`;
    expect((await ask(restricted("ada"), query)).errors).toEqual([["_entities.0", "FORBIDDEN"]]);
  });
});

describe("references", () => {
  const query = `{ _entities(representations: [{ __typename: "Person", id: "ada" },
    { __typename: "Person", id: "nobody" }]) { ... on Person { name } } }`;

  test("are not resolved for a viewer who may read no field of them, and each fails alone", async () => {
    expect(await ask(ANONYMOUS, query)).toEqual({
      data: { _entities: [null, null] },
      errors: [
        ["_entities.0", "UNAUTHENTICATED"],
        ["_entities.1", "UNAUTHENTICATED"],
      ],
    });
    expect(called).toEqual([]);
    expect((await ask(audience, query)).errors).toEqual([]);
  });
});

describe("below @signsIn", () => {
  test("a person who has just signed in reads their own fields, and others' as anyone may", async () => {
    const query = "mutation { enter { person { name diary email friends { name email } } } }";
    expect(await ask(ANONYMOUS, query)).toEqual({
      data: {
        enter: {
          person: {
            name: "Ada",
            diary: "…",
            email: "ada@",
            friends: [{ name: "Bob", email: null }],
          },
        },
      },
      errors: [],
    });
  });

  test("there are no scopes", async () => {
    expect(await ask(ANONYMOUS, "mutation { enter { person { crown } } }")).toEqual({
      data: { enter: { person: { crown: null } } },
      errors: [["enter.person.crown", "FORBIDDEN"]],
    });
  });

  test("fields beside it are read without being signed in, even those of the same person", async () => {
    const query = `mutation { enter { person { name } } again: enter { __typename } }`;
    expect((await ask(ANONYMOUS, query)).errors).toEqual([]);
    expect((await ask(ANONYMOUS, "{ me { name } }")).errors).toEqual([
      ["me.name", "UNAUTHENTICATED"],
    ]);
  });
});
