// Fragments, and fields that are selected several times.
// https://spec.graphql.org/October2021/#sec-Field-Collection
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const USERS = [
  { id: "1", name: "Ada", home: { street: "Main", city: { name: "London", size: 9 } } },
  { id: "2", name: "Grace", home: null },
];

export const fragments: Feature = {
  name: "fragments and merged selections",
  subgraphs: {
    users: {
      sdl: `
        type Query { users: [User!]!  user(id: ID!): User }
        type User @key(fields: "id") { id: ID!  name: String!  home: Home }
        type Home { street: String!  city: City! }
        type City { name: String!  size: Int! }
      `,
      resolvers: {
        Query: { users: () => USERS, user: (_, args) => among(USERS, "id")(args) },
        User: { __resolveReference: among(USERS, "id") },
      },
    },
    posts: {
      sdl: `
        type User @key(fields: "id") { id: ID!  posts(first: Int = 9): [Post!]!  best: Post }
        type Post { title: String!  by: User! }
      `,
      resolvers: {
        User: {
          posts: ({ id }: Row, { first }: Row) =>
            ["a", "b"]
              .slice(0, Number(first))
              .map((each) => ({ title: `${each}${id}`, by: { id } })),
          best: ({ id }: Row) => (id === "1" ? { title: "best", by: { id } } : null),
        },
      },
    },
  },
  cases: {
    "named fragments are answered like their fields": {
      query: `{ user(id: "1") { ...A } }
        fragment A on User { name ...B } fragment B on User { posts { ...C } }
        fragment C on Post { title by { name } }`,
      data: {
        user: {
          name: "Ada",
          posts: [
            { title: "a1", by: { name: "Ada" } },
            { title: "b1", by: { name: "Ada" } },
          ],
        },
      },
    },
    "a fragment may be spread in several places": {
      query: `{ users { ...U best { by { ...U } } } } fragment U on User { name }`,
      data: {
        users: [
          { name: "Ada", best: { by: { name: "Ada" } } },
          { name: "Grace", best: null },
        ],
      },
    },
    "a fragment without a type condition is for the enclosing type": {
      query: `{ ... { user(id: "2") { ... { name ... { posts(first: 1) { title } } } } } }`,
      data: { user: { name: "Grace", posts: [{ title: "a2" }] } },
    },
    "fragments on the root are answered": {
      query: `{ ...Q user(id: "2") { id } } fragment Q on Query { one: user(id: "1") { name } __typename }`,
      data: { one: { name: "Ada" }, __typename: "Query", user: { id: "2" } },
    },
    "a field that is selected twice is answered once, at its first position": {
      query: `{ user(id: "1") { name posts { title } name ...N } } fragment N on User { id name }`,
      data: { user: { name: "Ada", posts: [{ title: "a1" }, { title: "b1" }], id: "1" } },
    },
    "selections of one object are merged, across subgraphs too": {
      query: `{
        user(id: "1") { home { city { name } } }
        user(id: "1") { posts { by { name } } home { street city { size } } }
        ... on Query { user(id: "1") { posts { title } name } }
      }`,
      data: {
        user: {
          home: { city: { name: "London", size: 9 }, street: "Main" },
          posts: [
            { by: { name: "Ada" }, title: "a1" },
            { by: { name: "Ada" }, title: "b1" },
          ],
          name: "Ada",
        },
      },
    },
    "selections of one object that is null are null": {
      query: `{ users { ...A ...B } }
        fragment A on User { home { street } } fragment B on User { home { city { name } } }`,
      data: {
        users: [{ home: { street: "Main", city: { name: "London" } } }, { home: null }],
      },
    },
    "a fragment may use variables of the operation": {
      query: `query ($first: Int, $id: ID!) { user(id: $id) { ...P } }
        fragment P on User { posts(first: $first) { title } }`,
      variables: { id: "2", first: 1 },
      data: { user: { posts: [{ title: "a2" }] } },
    },
    "of several operations, the named one runs": {
      query: `query A { user(id: "1") { ...N } }
        query B($id: ID!) { user(id: $id) { ...N id } } fragment N on User { name }`,
      operationName: "B",
      variables: { id: "2" },
      data: { user: { name: "Grace", id: "2" } },
    },
  },
};
