// Fields and types that several subgraphs have in common.
// https://specs.apollo.dev/federation/v2.7#@shareable
import type { Feature } from "../feature.ts";
import { among } from "../subgraph.ts";

const PRODUCTS = [
  {
    id: "p1",
    name: "Lamp",
    nick: "L",
    size: { width: 1, height: 2, depth: 3 },
    category: { id: "c1", title: "Light", count: 7, parent: { title: "Home", count: 70 } },
  },
  { id: "p2", name: "Desk", nick: null, size: null, category: null },
];
const SHOP = { name: "Main", open: true, staff: 12 };

export const shareable: Feature = {
  name: "@shareable",
  subgraphs: {
    first: {
      sdl: `
        type Query { products: [Product!]! @shareable  shop: Shop! @shareable }
        type Product @key(fields: "id") {
          id: ID!
          name: String! @shareable
          nick: String! @shareable
          size: Size @shareable
          category: Category @shareable
        }
        type Size @shareable { width: Int!  height: Int! }
        type Category { id: ID! @shareable  title: String!  parent: Parent @shareable }
        type Parent { title: String! }
        type Shop { name: String! @shareable  open: Boolean! }
      `,
      resolvers: {
        Query: { products: () => PRODUCTS, shop: () => SHOP },
        Product: { __resolveReference: among(PRODUCTS, "id"), nick: () => "first" },
      },
    },
    second: {
      sdl: `
        type Query { products: [Product!]! @shareable  shop: Shop! @shareable  others: [Product!]! }
        type Product @key(fields: "id") {
          id: ID!
          name: String! @shareable
          nick: String @shareable
          size: Size @shareable
          category: Category @shareable
        }
        type Size @shareable { width: Int!  height: Int! }
        type Category { id: ID! @shareable  count: Int!  parent: Parent @shareable }
        type Parent { count: Int! }
        type Shop { name: String! @shareable  staff: Int! }
      `,
      resolvers: {
        Query: { products: () => PRODUCTS, shop: () => SHOP, others: () => PRODUCTS },
        Product: { __resolveReference: among(PRODUCTS, "id") },
      },
    },
  },
  cases: {
    "a field of both subgraphs is fetched from one": {
      query: "{ others { name size { width height } } }",
      data: {
        others: [
          { name: "Lamp", size: { width: 1, height: 2 } },
          { name: "Desk", size: null },
        ],
      },
      fetches: { first: [], second: [0] },
    },
    "a root object of both is merged from both": {
      query: "{ shop { staff open name } }",
      data: { shop: { staff: 12, open: true, name: "Main" } },
      fetches: { first: [0], second: [0] },
    },
    "an object without a key is merged through its entity": {
      query: "{ products { name category { title count id } } }",
      data: {
        products: [
          { name: "Lamp", category: { title: "Light", count: 7, id: "c1" } },
          { name: "Desk", category: null },
        ],
      },
    },
    "also an object below it": {
      query: "{ others { category { parent { title count } } } }",
      data: {
        others: [{ category: { parent: { title: "Home", count: 70 } } }, { category: null }],
      },
    },
    "a field that is nullable in one subgraph may be null": {
      query: "{ others { id nick } }",
      data: {
        others: [
          { id: "p1", nick: "L" },
          { id: "p2", nick: null },
        ],
      },
      fetches: { first: [] },
    },
  },
};
