// Introspection over HTTP and over a socket equals graphql-js over the schema that clients see, for
// everything that graphql-js supports. The operations are generated from graphql-js' introspection
// types, so that newer versions are covered too.
import {
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  graphqlSync,
  introspectionTypes,
  isObjectType,
  parse,
  validate,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../../kit/client.ts";
import { connect, type Socket } from "../../kit/socket.ts";
import { type ComposedGraph, startGraph } from "./composed.ts";
import { introspection } from "./features/introspection.ts";

const RESOLVED = { me: { level: "LOW" } };

let graph: ComposedGraph;
let schema: GraphQLSchema;
let socket: Socket;
beforeAll(async () => {
  graph = await startGraph(introspection.subgraphs);
  schema = graph.schema;
  socket = await connect({ url: graph.url });
});
afterAll(async () => {
  socket.close();
  await graph.stop();
});

type Variables = Readonly<Record<string, unknown>>;

/** Checks that both transports give the result of graphql-js. */
async function expectAsGraphqlJs(source: string, variableValues: Variables = {}): Promise<void> {
  expect(validate(schema, parse(source))).toEqual([]);
  const rootValue = { ...RESOLVED, me: { ...RESOLVED.me, self: RESOLVED } };
  const answer = graphqlSync({ schema, source, variableValues, rootValue });
  const data = JSON.stringify(answer.data);
  const overHttp = await ask(source, variableValues, { url: graph.url });
  expect(overHttp.status).toBe(200);
  expect(JSON.stringify(overHttp.data)).toBe(data);
  const frame = await socket.next(socket.subscribe(source, variableValues));
  const overSocket = frame.payload as typeof overHttp;
  expect(JSON.stringify(overSocket.data)).toBe(data);
  const paths = answer.errors?.map(({ path }) => path);
  expect(overHttp.errors?.map(({ path }) => path)).toEqual(paths);
  expect(overSocket.errors?.map(({ path }) => path)).toEqual(paths);
}

/** The selection from the root to an object of each type. */
const PATHS: Readonly<Record<string, (selection: string) => string>> = {
  __Schema: (below) => `{ __schema { ${below} } }`,
  __Type: (below) => `{ __schema { types { ${below} } } __type(name: "User") { ${below} } }`,
  __Field: (below) => `{ __schema { types { fields(includeDeprecated: true) { ${below} } } } }`,
  __InputValue: (below) => `{ __schema {
    types { inputFields { ${below} } fields(includeDeprecated: true) { args { ${below} } } }
    directives { args { ${below} } }
  } }`,
  __EnumValue: (below) =>
    `{ __schema { types { enumValues(includeDeprecated: true) { ${below} } } } }`,
  __Directive: (below) => `{ __schema { directives { ${below} } } }`,
};

interface Question {
  readonly question: string;
  readonly variables?: Variables;
}

/** An operation for each field, and for each value of each argument, as literal and variable. */
function questions(): Question[] {
  return introspectionTypes.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, args, type: its }) => {
      const below = leavesOf(getNamedType(its));
      const documentWith = (given: string, head = "") =>
        `${head}${PATHS[type.name]?.(`${name}${given} ${below} again: ${name}${given} ${below}`)}`;
      return [
        { question: documentWith("") },
        ...args.flatMap((arg) => withArgument(arg, documentWith)),
      ];
    }),
  );
}

function withArgument(
  { name, type }: GraphQLArgument,
  documentWith: (given: string, head: string) => string,
): Question[] {
  return [true, false].flatMap((value) => [
    { question: documentWith(`(${name}: ${value})`, "") },
    { question: documentWith(`(${name}: $v)`, `query ($v: ${type})`), variables: { v: value } },
  ]);
}

function leavesOf(type: GraphQLNamedType): string {
  if (!isObjectType(type)) return "";
  const leaves = Object.values(type.getFields()).filter(
    ({ type: own }) => !isObjectType(getNamedType(own)),
  );
  return `{ __typename ${leaves.map(({ name }) => name).join(" ")} }`;
}

describe("every field of introspection, with every argument", () => {
  const types = introspectionTypes.filter(isObjectType);
  test("of every type", () => {
    expect(Object.keys(PATHS).sort()).toEqual(types.map(({ name }) => name).sort());
  });

  test.each(questions())("$question", ({ question, variables }) =>
    expectAsGraphqlJs(question, variables),
  );
});

test("tools read the whole schema with every option of graphql-js", () =>
  expectAsGraphqlJs(
    getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      experimentalDirectiveDeprecation: true,
      oneOf: true,
    }),
  ));

describe("introspection beside data", () => {
  const MIXED: Readonly<Record<string, readonly [string, Variables?]>> = {
    "under other names, each with answers of its own": [
      `{ a: __type(name: "User") { isOneOf } me { level } b: __type(name: "Where") { isOneOf } }`,
    ],
    "in fragments, named and inline": [
      `{ ...F me { level } ... on Query { __schema { ...D } } ... { t: __type(name: "Post") { ...T } } }
       fragment F on Query { __schema { directives(includeDeprecated: true) { ...I } } }
       fragment D on __Schema { queryType { ...T } } fragment T on __Type { name isOneOf }
       fragment I on __Directive { name isDeprecated }`,
    ],
    "in parts that are one field": [
      `{ __schema { queryType { name } } me { level } ...F }
       fragment F on Query { __schema { queryType { isOneOf } mutationType { name } } }`,
    ],
    "with conditions on it and in it": [
      `query ($yes: Boolean!, $no: Boolean!) {
         a: __type(name: "User") @include(if: $no) { isOneOf }
         b: __type(name: "User") @skip(if: $no) { isOneOf @include(if: $yes) name @skip(if: $yes) }
         ... @include(if: $no) { __schema { directives { isDeprecated } } }
         me @include(if: $yes) { level }
       }`,
      { yes: true, no: false },
    ],
    "with a type that a variable names, and its default": [
      `query ($name: String!, $other: String! = "Where") {
         me { level } a: __type(name: $name) { isOneOf name } b: __type(name: $other) { isOneOf }
       }`,
      { name: "Level" },
    ],
    "of a missing type": [`{ me { level } __type(name: "__proto__") { isOneOf } }`],
    "of introspection itself": [
      `{ __type(name: "__Directive") { fields { name } isOneOf } me { level } }`,
    ],
    "with nothing else in a fragment": [
      `{ ... on Query { ... { __schema { queryType { isOneOf } } } } me { level } }`,
    ],
    "where a query is an object of the graph": [
      `{ me { level self { me { level } __typename
           t: __type(name: "User") { isOneOf } __schema { queryType { isOneOf } } } } }`,
    ],
    "where nothing else is selected of such an object": [
      `{ me { self { __schema { directives(includeDeprecated: true) { name isDeprecated } } } } }`,
    ],
    "which fails by its variable": [
      `query ($n: String = "User") { me { level } t: __type(name: $n) { isOneOf } }`,
      { n: null },
    ],
  };

  test.each(Object.entries(MIXED))("%s", (_, [source, variables]) =>
    expectAsGraphqlJs(source, variables),
  );

  test("without data, no subgraph gets a request", async () => {
    for (const subgraph of Object.values(graph.subgraphs)) subgraph.takeRequests();
    await expectAsGraphqlJs("{ __schema { directives { isDeprecated } } }");
    expect(Object.values(graph.subgraphs).flatMap((each) => each.takeRequests())).toEqual([]);
  });
});
