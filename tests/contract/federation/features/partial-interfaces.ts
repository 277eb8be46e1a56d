// Interfaces of which each subgraph knows different types and fields.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const A = { __typename: "A", id: "a1", name: "of a1" };
const B = { __typename: "B", id: "b1", name: "of b1", size: 3 };
const C = { __typename: "C", id: "c1", name: "of c1" };

export const partialInterfaces: Feature = {
  name: "interfaces that no subgraph knows as a whole",
  subgraphs: {
    first: {
      sdl: `
        type Query { ofFirst: [Node!]! }
        interface Node { id: ID!  name: String! }
        type A implements Node @key(fields: "id") { id: ID!  name: String! }
        type B implements Node @key(fields: "id") { id: ID!  name: String!  size: Int! }
      `,
      resolvers: {
        Query: { ofFirst: () => [B, A] },
        A: { __resolveReference: among([A], "id") },
        B: { __resolveReference: among([B], "id") },
      },
    },
    second: {
      sdl: `
        type Query { ofSecond: [Node!]!  near(id: ID!): [Node] }
        interface Node { id: ID! }
        type A implements Node @key(fields: "id") { id: ID!  tag: String! }
        type C implements Node @key(fields: "id") { id: ID!  name: String!  tag: String! }
      `,
      resolvers: {
        Query: { ofSecond: () => [A, C], near: (_, { id }) => [C, null, { ...A, id }] },
        A: { tag: ({ id }: Row) => `tag ${id}` },
        C: { __resolveReference: among([C], "id"), tag: ({ id }: Row) => `tag ${id}` },
      },
    },
  },
  cases: {
    "a field that a subgraph misses in the interface is fetched from each object's own subgraph": {
      query: "{ ofSecond { id name } }",
      data: {
        ofSecond: [
          { id: "a1", name: "of a1" },
          { id: "c1", name: "of c1" },
        ],
      },
    },
    "a fragment may name a type that the subgraph does not know": {
      query: "{ ofSecond { __typename ... on B { size } ... on A { tag } } }",
      data: { ofSecond: [{ __typename: "A", tag: "tag a1" }, { __typename: "C" }] },
    },
    "in the other direction too": {
      query: "{ ofFirst { ... on C { tag } ... on A { tag name } ... on B { size } } }",
      data: { ofFirst: [{ size: 3 }, { tag: "tag a1", name: "of a1" }] },
    },
    "both lists may be selected with one fragment": {
      query: `{ ofFirst { ...N } ofSecond { ...N } }
        fragment N on Node { kind: __typename name ... on A { tag } ... on C { tag } }`,
      data: {
        ofFirst: [
          { kind: "B", name: "of b1" },
          { kind: "A", name: "of a1", tag: "tag a1" },
        ],
        ofSecond: [
          { kind: "A", name: "of a1", tag: "tag a1" },
          { kind: "C", name: "of c1", tag: "tag c1" },
        ],
      },
    },
    "an object that its own subgraph does not have is missing": {
      query: `{ near(id: "a9") { id name } }`,
      data: { near: [{ id: "c1", name: "of c1" }, null, null] },
    },
  },
};
