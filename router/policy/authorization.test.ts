// Guarantees about what is asked for and what is answered, example by example. That the answers are
// GraphQL's own, whatever the schema, is tested in authorization.property.test.ts.
import { buildSchema, type ExecutionResult, parse, print } from "graphql";
import { describe, expect, test } from "vitest";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";
import { type Authorization, createAuthorizer } from "./authorization.ts";

const schema = buildSchema(/* GraphQL */ `
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @cacheControl(scope: Scope) on FIELD_DEFINITION | OBJECT
  directive @signsIn on FIELD_DEFINITION
  enum Scope { PUBLIC PRIVATE }
  type Query {
    open: Int
    thing: Thing
    things: [Thing!]!
    someone: Person
    anyone: Any
    people: [Person!]! @authenticated
    secret: Int @authenticated
    sure: Int! @authenticated
    report: Int @requiresScopes(scopes: [["report"]])
    own: Int @policy(policies: [["self"], ["admin"]])
    mine: Int @authenticated @cacheControl(scope: PRIVATE)
  }
  type Mutation {
    open: Int
    write: Int! @requiresScopes(scopes: [["write"]])
    maybe: Int @requiresScopes(scopes: [["write"]])
    signIn: SignIn
  }
  type Subscription { told: Told hush: Told @authenticated }
  type Told { seq: Int who: Person }
  interface Thing { id: Int note: String owner: Person }
  type Chair implements Thing { id: Int note: String owner: Person legs: Int }
  type Letter implements Thing { id: Int note: String @authenticated owner: Person pages: [Page!]! }
  type Page { text: String! @authenticated number: Int }
  type Person @authenticated { name: String friends: [Person!] email: String @policy(policies: [["self"]])
    report: Int @requiresScopes(scopes: [["report"]]) }
  union Any = Person | Chair
  type SignIn { token: String viewer: Person! @signsIn }
`);
const authorize = createAuthorizer({ apiSchema: schema, fullSchema: schema });

const viewer = (...scopes: string[]): Identity => ({
  kind: "viewer",
  viewer: { id: "1", sessionId: "2", roles: [], scopes, expiresAt: 0 },
});
const AUDIENCE: Identity = { kind: "audience" };

function authorized(text: string, identity: Identity = ANONYMOUS, variables = {}): Authorization {
  return authorizedDocument(parse(text), identity, variables);
}

function authorizedDocument(
  document: ReturnType<typeof parse>,
  identity: Identity,
  variables = {},
) {
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("no operation comes first");
  return authorize({ document, operation, identity, variables });
}

/** What is asked for, on one line; null when nothing is. */
function asked(text: string, identity?: Identity, variables = {}): string | null {
  const authorization = authorized(text, identity, variables);
  if (authorization.kind === "refused") return null;
  if (authorization.kind === "granted") return text;
  return print(authorization.permitted.document).replace(/\s+/g, " ");
}

function factsOf({ data, errors = [] }: ExecutionResult) {
  const codes = errors.map(({ path = [], extensions: { code } }) => `${path.join(".")}: ${code}`);
  return [JSON.parse(JSON.stringify(data ?? null)), codes];
}

describe("when nothing is denied", () => {
  test.each<[string, string, Identity]>([
    ["to anybody", "{ open thing { id ... on Chair { legs } } __typename }", ANONYMOUS],
    ["to a viewer", "{ secret own mine someone { name friends { email } } }", viewer()],
    ["to a viewer with the scope", "mutation { write maybe }", viewer("write")],
    ["to an audience", "subscription { hush { who { name } } }", AUDIENCE],
    [
      "of introspection",
      '{ __schema { types { name } } __type(name: "Page") { name } }',
      ANONYMOUS,
    ],
  ])("%s, the document is left as it is", (_what, text, identity) => {
    expect(authorized(text, identity)).toEqual({ kind: "granted" });
  });

  test("a fragment that applies to no type changes nothing", () => {
    const text = "{ anyone { ... on Chair { ... on Thing { ... on Letter { note } } } } }";
    expect(authorized(text)).toEqual({ kind: "granted" });
  });
});

describe("a denied field is not fetched:", () => {
  test.each<[string, string, string | null, Identity?]>([
    ["a field", "{ open secret }", "{ open }"],
    ["an alias", "{ a: secret b: open }", "{ b: open }"],
    ["all", "{ secret a: report ... { own } }", null],
    ["a field of one person", "{ open mine }", "{ open }", AUDIENCE],
    ["what needs a relation, of an audience", "{ open own }", "{ open }", AUDIENCE],
    ["what needs a scope", "{ secret report }", "{ secret }", viewer("write")],
    [
      "all of an object, whose being there is still asked for",
      "{ someone { name friends { name } } }",
      "{ someone { objectType: __typename } }",
    ],
    [
      "… under a key that nothing else has",
      "{ thing { objectType: id note } objectType2: open }",
      "{ thing { objectType3: __typename objectType: id ... on Chair { ... on Thing { note } } } objectType2: open }",
    ],
    [
      "of an interface, for some of its types",
      "{ things { id note } }",
      "{ things { objectType: __typename id ... on Chair { ... on Thing { note } } } }",
    ],
    [
      "of a union",
      "{ anyone { ... on Person { name } ... on Chair { legs note } } }",
      "{ anyone { objectType: __typename ... on Chair { legs note } } }",
    ],
    [
      "in a fragment on an interface, where only granted types are left",
      "{ anyone { ... on Chair { ... on Thing { note } } ... on Person { name } } }",
      "{ anyone { objectType: __typename ... on Chair { ... on Thing { note } } } }",
    ],
    [
      "in named fragments, of which the others stay",
      "{ thing { ...A ...B } } fragment A on Thing { ...C note } fragment B on Thing { id } fragment C on Thing { id }",
      "{ thing { objectType: __typename ... on Thing { ...C ... on Chair { ... on Thing { note } } } ...B } }" +
        " fragment B on Thing { id } fragment C on Thing { id }",
    ],
    [
      "under conditions, which stay for the rest",
      "query ($x: Boolean!) { open ... @skip(if: $x) { thing @include(if: $x) { owner { name } } secret } }",
      "query ($x: Boolean!) { open ... on Query @skip(if: $x) { thing @include(if: $x) {" +
        " objectType: __typename owner { objectType: __typename } } } }",
    ],
  ])("%s", (_what, text, expected, identity) => {
    expect(asked(text, identity, { x: true })).toBe(expected);
  });

  test("below a field with @signsIn only fields that need a scope are denied", () => {
    expect(asked("mutation { signIn { token viewer { name email report } } }")).toBe(
      "mutation { signIn { objectType: __typename token viewer { objectType: __typename name email } } }",
    );
    const granted =
      "mutation { signIn { viewer { ...P friends { email } } } } fragment P on Person { name }";
    expect(authorized(granted)).toEqual({ kind: "granted" });
  });
});

describe("nothing runs", () => {
  test.each<[string, string, unknown, string[]]>([
    ["when all is denied", "{ a: secret own }", { a: null, own: null }, ["a", "own"]],
    [
      "when a refused root field must not be null",
      "{ open secret sure }",
      null,
      ["secret", "sure"],
    ],
    ["… not even a mutation beside it", "mutation { open write }", null, ["write"]],
  ])("%s", (_when, text, data, paths) => {
    const authorization = authorized(text);
    if (authorization.kind !== "refused") throw new Error(authorization.kind);
    expect(factsOf(authorization.answer)).toEqual([
      data,
      paths.map((path) => `${path}: UNAUTHENTICATED`),
    ]);
  });

  test("of a subscription whose root is denied; its answer has no data", () => {
    const authorization = authorized("subscription { hush { seq } }");
    expect(authorization).toMatchObject({
      kind: "refused",
      answer: { errors: [{ path: ["hush"] }] },
    });
    expect(authorization).not.toHaveProperty("answer.data");
    expect(asked("subscription { told { seq who { name } } }")).toBe(
      "subscription { told { objectType: __typename seq who { objectType: __typename } } }",
    );
  });

  test("but the fields beside a denied nullable field do", () => {
    expect(asked("mutation { open maybe }")).toBe("mutation { open }");
    expect(authorized("{ open sure @skip(if: true) }").kind).toBe("filtered");
  });
});

test("an operation is filtered once for all viewers with the same rights", () => {
  const document = parse("{ open report secret }");
  const permitted = (identity: Identity) => {
    const authorization = authorizedDocument(document, identity);
    return authorization.kind === "filtered" ? authorization.permitted : null;
  };
  expect(permitted(ANONYMOUS)).toBe(permitted(ANONYMOUS));
  expect(permitted(viewer("a"))).toBe(permitted(viewer("b", "c")));
  expect(permitted(viewer("report"))).toBeNull();
  expect(permitted(viewer())).not.toBe(permitted(ANONYMOUS));
});
