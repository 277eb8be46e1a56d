// Fields that moved from one subgraph to another, at once or step by step.
// https://specs.apollo.dev/federation/v2.7#@override
import type { Feature } from "../feature.ts";
import { among } from "../subgraph.ts";

const OLD = [
  { id: "p1", name: "old name", price: "old price", moved: "old", staying: "old" },
  { id: "p2", name: "old name 2", price: "old price 2", moved: "old", staying: "old" },
];
const NEW = [
  { id: "p1", price: "new price", moved: "new", staying: "new" },
  { id: "p2", price: "new price 2", moved: "new", staying: "new" },
];

export const override: Feature = {
  name: "@override",
  subgraphs: {
    old: {
      sdl: `
        type Query { products: [Product!]!  featured: String!  version: String! }
        type Product @key(fields: "id") {
          id: ID!  name: String!  price: String!  moved: String!  staying: String!
        }
      `,
      resolvers: {
        Query: { products: () => OLD, featured: () => "old", version: () => "old" },
        Product: { __resolveReference: among(OLD, "id") },
      },
    },
    new: {
      sdl: `
        type Query { featured: String! @override(from: "old")  fresh: [Product!]! }
        type Product @key(fields: "id") {
          id: ID!
          price: String! @override(from: "old")
          moved: String! @override(from: "old", label: "percent(100)")
          staying: String! @override(from: "old", label: "percent(0)")
        }
      `,
      resolvers: {
        Query: { featured: () => "new", fresh: () => NEW },
        Product: { __resolveReference: among(NEW, "id") },
      },
    },
  },
  cases: {
    "a moved field comes from the new subgraph": {
      query: "{ products { name price } }",
      data: {
        products: [
          { name: "old name", price: "new price" },
          { name: "old name 2", price: "new price 2" },
        ],
      },
      fetches: { old: [0], new: [2] },
    },
    "a moved field needs no other subgraph than the new one": {
      query: "{ fresh { id price } }",
      data: {
        fresh: [
          { id: "p1", price: "new price" },
          { id: "p2", price: "new price 2" },
        ],
      },
      fetches: { old: [], new: [0] },
    },
    "a field that did not move comes from the old subgraph": {
      query: "{ fresh { price name } }",
      data: {
        fresh: [
          { price: "new price", name: "old name" },
          { price: "new price 2", name: "old name 2" },
        ],
      },
    },
    "a root field may move": {
      query: "{ featured version }",
      data: { featured: "new", version: "old" },
      fetches: { old: [0], new: [0] },
    },
    "a moved field with an alias comes from the new subgraph": {
      query: "{ products { name: price price: name } }",
      data: {
        products: [
          { name: "new price", price: "old name" },
          { name: "new price 2", price: "old name 2" },
        ],
      },
    },
    "a field that moves for all requests has moved": {
      query: "{ products { moved } }",
      data: { products: [{ moved: "new" }, { moved: "new" }] },
    },
    "a field that moves for no requests has not moved": {
      query: "{ products { staying } fresh { staying } }",
      data: {
        products: [{ staying: "old" }, { staying: "old" }],
        fresh: [{ staying: "old" }, { staying: "old" }],
      },
    },
  },
};
