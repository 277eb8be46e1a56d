// Aliases, also with names that the router or JavaScript uses.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const USERS = [
  { id: "1", name: "Ada", friends: [{ id: "2" }] },
  { id: "2", name: "Grace", friends: [] },
];

export const aliases: Feature = {
  name: "aliases",
  subgraphs: {
    users: {
      sdl: `
        type Query { users: [User!]!  user(id: ID!): User }
        type User @key(fields: "id") { id: ID!  name: String!  friends: [User!]! }
      `,
      resolvers: {
        Query: { users: () => USERS, user: (_, args) => among(USERS, "id")(args) },
        User: { __resolveReference: among(USERS, "id") },
      },
    },
    ages: {
      sdl: `type User @key(fields: "id") { id: ID!  age: Int!  in(year: Int!): Int!  twin: User! }`,
      resolvers: {
        User: {
          age: ({ id }: Row) => 30 + Number(id),
          in: ({ id }: Row, { year }: Row) => Number(year) - 2000 + Number(id),
          twin: ({ id }: Row) => ({ id }),
        },
      },
    },
  },
  cases: {
    "one field may have several aliases": {
      query: "{ users { a: name b: name name age years: age } }",
      data: {
        users: [
          { a: "Ada", b: "Ada", name: "Ada", age: 31, years: 31 },
          { a: "Grace", b: "Grace", name: "Grace", age: 32, years: 32 },
        ],
      },
    },
    "with different arguments for each": {
      query: `{
        one: user(id: "1") { early: in(year: 2010) late: in(year: 2020) }
        two: user(id: "2") { early: in(year: 2010) }
      }`,
      data: { one: { early: 11, late: 21 }, two: { early: 12 } },
    },
    "another field may have the key's name as alias": {
      query: "{ users { id: name age } }",
      data: {
        users: [
          { id: "Ada", age: 31 },
          { id: "Grace", age: 32 },
        ],
      },
    },
    "a field of another subgraph may have the key's name as alias": {
      query: "{ users { id: age name: id } }",
      data: {
        users: [
          { id: 31, name: "1" },
          { id: 32, name: "2" },
        ],
      },
    },
    "an object may have the key's name as alias": {
      query: `{ user(id: "1") { id: twin { id: friends { id: age } } age } }`,
      data: { user: { id: { id: [{ id: 32 }] }, age: 31 } },
    },
    "fields may swap names by aliases, across subgraphs": {
      query: "{ users { age: name name: age } }",
      data: {
        users: [
          { age: "Ada", name: 31 },
          { age: "Grace", name: 32 },
        ],
      },
    },
    "__typename may have an alias": {
      query: `{ kind: __typename user(id: "1") { kind: __typename twin { id: __typename age } } }`,
      data: { kind: "Query", user: { kind: "User", twin: { id: "User", age: 31 } } },
    },
    "names of properties of every JavaScript object are valid aliases": {
      query: `{ constructor: user(id: "1") {
        toString: name hasOwnProperty: age valueOf: twin { prototype: name then: age }
      } }`,
      data: JSON.parse(
        `{"constructor":{"toString":"Ada","hasOwnProperty":31,"valueOf":{"prototype":"Ada","then":31}}}`,
      ),
    },
    "__proto__ is a valid alias": {
      query: `{ __proto__: user(id: "1") { __proto__: name age } }`,
      data: { ["__proto__"]: { ["__proto__"]: "Ada", age: 31 } },
    },
    "__proto__ is a valid alias of another subgraph's field, in lists too": {
      query: "{ users { __proto__: age friends { __proto__: twin { __proto__: age name } } } }",
      data: {
        users: [
          {
            ["__proto__"]: 31,
            friends: [{ ["__proto__"]: { ["__proto__"]: 32, name: "Grace" } }],
          },
          { ["__proto__"]: 32, friends: [] },
        ],
      },
    },
    "names that the router uses in its fetches are valid aliases": {
      query: `{ _entities: user(id: "1") { _service: name __key: age representations: twin { age } } }`,
      data: { _entities: { _service: "Ada", __key: 31, representations: { age: 31 } } },
    },
  },
};
