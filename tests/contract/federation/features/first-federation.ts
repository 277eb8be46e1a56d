// Subgraphs for federation 1: they have no link, extend types, and have external keys.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const PRODUCTS = [
  { upc: "u1", name: "Lamp", weight: 2 },
  { upc: "u2", name: "Desk", weight: 50 },
];

export const firstFederation: Feature = {
  name: "subgraphs of federation 1",
  subgraphs: {
    products: {
      isFirst: true,
      sdl: `
        extend type Query { products: [Product!]! }
        type Product @key(fields: "upc") { upc: String!  name: String!  weight: Int }
        type Size { width: Int }
      `,
      resolvers: {
        Query: { products: () => PRODUCTS },
        Product: { __resolveReference: among(PRODUCTS, "upc") },
      },
    },
    shipping: {
      isFirst: true,
      sdl: `
        extend type Query { heaviest: Product  size: Size }
        extend type Product @key(fields: "upc") {
          upc: String! @external
          weight: Int @external
          freight: String @requires(fields: "weight")
          crate: Int
        }
        type Size { width: Int }
      `,
      resolvers: {
        Query: { heaviest: () => ({ upc: "u2" }), size: () => ({ width: 1 }) },
        Product: { freight: ({ weight }: Row) => `for ${weight}`, crate: () => 1 },
      },
    },
    reviews: {
      isFirst: true,
      sdl: `
        extend type Query { reviews: [Review!]! }
        type Review { product: Product @provides(fields: "name") }
        extend type Product @key(fields: "upc") { upc: String! @external  name: String! @external }
      `,
      resolvers: { Query: { reviews: () => [{ product: { upc: "u1", name: "Lamp" } }] } },
    },
    labels: {
      sdl: `type Product @key(fields: "upc") { upc: String!  label: String! }`,
      resolvers: { Product: { label: ({ upc }: Row) => `L${upc}` } },
    },
  },
  cases: {
    "an extended type is one with the type that it extends": {
      query: "{ products { name crate } }",
      data: {
        products: [
          { name: "Lamp", crate: 1 },
          { name: "Desk", crate: 1 },
        ],
      },
    },
    "its fields may require fields of the type that it extends": {
      query: "{ products { freight } heaviest { freight weight } }",
      data: {
        products: [{ freight: "for 2" }, { freight: "for 50" }],
        heaviest: { freight: "for 50", weight: 50 },
      },
    },
    "a provided field is not fetched elsewhere": {
      query: "{ reviews { product { name } } }",
      data: { reviews: [{ product: { name: "Lamp" } }] },
      fetches: { reviews: [0], products: [] },
    },
    "an equal type of several of them is shared": {
      query: "{ size { width } }",
      data: { size: { width: 1 } },
    },
    "they compose with subgraphs of federation 2": {
      query: "{ heaviest { label name } reviews { product { label freight } } }",
      data: {
        heaviest: { label: "Lu2", name: "Desk" },
        reviews: [{ product: { label: "Lu1", freight: "for 2" } }],
      },
    },
  },
};
