// The schema that clients see: everything of all subgraphs, and nothing of federation.
// https://spec.graphql.org/October2021/#sec-Introspection
import type { Feature } from "../feature.ts";

const named = (...names: string[]) => names.map((name) => ({ name }));

export const introspection: Feature = {
  name: "introspection",
  subgraphs: {
    users: {
      sdl: `
        "Where it begins."
        type Query { user("Whose." id: ID! = "ada"): User @deprecated(reason: "Ask for me.")  me: User }
        type Mutation { rename(to: String!): User }
        "Somebody."
        type User implements Node @key(fields: "id") { id: ID!  self: Query }
        interface Node { id: ID! }
        enum Level { LOW @deprecated(reason: "Too low.")  HIGH }
        union Any = User
      `,
      resolvers: {
        Query: { user: () => ({ id: "1" }), me: () => ({ id: "1" }) },
        User: { self: () => ({}) },
      },
    },
    posts: {
      sdl: `
        type User @key(fields: "id") { id: ID!  level: Level!  posts(where: Where): [[Post!]]! }
        type Post { title: String! }
        input Where { level: Level = LOW  tags: [String!] }
        enum Level { LOW  HIGH }
        union Any = Post
        directive @mine on FIELD_DEFINITION
      `,
      resolvers: {
        User: { level: () => "LOW", posts: () => [[{ title: "P" }], null] },
      },
    },
  },
  cases: {
    "root types are returned, and a missing one is null": {
      query: "{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }",
      data: {
        __schema: {
          queryType: { name: "Query" },
          mutationType: { name: "Mutation" },
          subscriptionType: null,
        },
      },
    },
    "a type of several subgraphs is one": {
      query: `{ __type(name: "User") { kind description interfaces { name } fields { name } } }`,
      data: {
        __type: {
          kind: "OBJECT",
          description: "Somebody.",
          interfaces: named("Node"),
          fields: named("id", "level", "posts", "self"),
        },
      },
    },
    "types of fields and arguments have their wrappers and defaults": {
      query: `{ __type(name: "User") { fields { name
        args { name defaultValue type { name inputFields { name defaultValue } } }
        type { kind ofType { kind ofType { kind ofType { kind ofType { name } } } } }
      } } }`,
      data: {
        __type: {
          fields: [
            {
              name: "id",
              args: [],
              type: { kind: "NON_NULL", ofType: { kind: "SCALAR", ofType: null } },
            },
            {
              name: "level",
              args: [],
              type: { kind: "NON_NULL", ofType: { kind: "ENUM", ofType: null } },
            },
            {
              name: "posts",
              args: [
                {
                  name: "where",
                  defaultValue: null,
                  type: {
                    name: "Where",
                    inputFields: [
                      { name: "level", defaultValue: "LOW" },
                      { name: "tags", defaultValue: null },
                    ],
                  },
                },
              ],
              type: {
                kind: "NON_NULL",
                ofType: {
                  kind: "LIST",
                  ofType: { kind: "LIST", ofType: { kind: "NON_NULL", ofType: { name: "Post" } } },
                },
              },
            },
            { name: "self", args: [], type: { kind: "OBJECT", ofType: null } },
          ],
        },
      },
    },
    "deprecated elements are returned on request": {
      query: `{
        usual: __type(name: "Query") { fields { name } }
        all: __type(name: "Query") { description fields(includeDeprecated: true) {
          name isDeprecated deprecationReason args { name description defaultValue }
        } }
        level: __type(name: "Level") { enumValues { name } }
      }`,
      data: {
        usual: { fields: named("me") },
        all: {
          description: "Where it begins.",
          fields: [
            {
              name: "user",
              isDeprecated: true,
              deprecationReason: "Ask for me.",
              args: [{ name: "id", description: "Whose.", defaultValue: '"ada"' }],
            },
            { name: "me", isDeprecated: false, deprecationReason: null, args: [] },
          ],
        },
        level: { enumValues: named("HIGH") },
      },
    },
    "unions and interfaces are returned, and the types of an interface": {
      query: `{
        any: __type(name: "Any") { kind fields { name } }
        node: __type(name: "Node") { kind possibleTypes { name } }
      }`,
      data: {
        any: { kind: "UNION", fields: null },
        node: { kind: "INTERFACE", possibleTypes: named("User") },
      },
    },
    "it has nothing of federation": {
      query: `{
        a: __type(name: "_Service") { name } b: __type(name: "_Entity") { name }
        c: __type(name: "_Any") { name } d: __type(name: "join__Graph") { name }
        e: __type(name: "join__FieldSet") { name } f: __type(name: "link__Import") { name }
      }`,
      data: { a: null, b: null, c: null, d: null, e: null, f: null },
    },
    "nor can federation's fields be selected": {
      query: "{ _service { sdl } _entities(representations: []) { __typename } }",
      refused: ["GRAPHQL_VALIDATION_FAILED", "GRAPHQL_VALIDATION_FAILED"],
    },
    "it has only directives for clients": {
      query: "{ __schema { directives { name } } }",
      data: {
        __schema: { directives: named("include", "skip", "deprecated", "specifiedBy", "oneOf") },
      },
    },
    "it may be selected beside data, with aliases, in fragments": {
      query: `query ($name: String!, $no: Boolean!) {
        me { level __typename } ...S t: __type(name: $name) { kind name @include(if: $no) }
      } fragment S on Query { s: __schema { queryType { n: name } } kind: __typename }`,
      variables: { name: "Post", no: false },
      data: {
        me: { level: "LOW", __typename: "User" },
        s: { queryType: { n: "Query" } },
        kind: "Query",
        t: { kind: "OBJECT" },
      },
      fetches: { users: [0], posts: [1] },
    },
    "alone, it causes no fetch": {
      query: `{ __typename t: __type(name: "Nothing") { name } }`,
      data: { __typename: "Query", t: null },
      fetches: { users: [], posts: [] },
    },
  },
};
