// Entities with one key, in three subgraphs. https://specs.apollo.dev/federation/v2.7#@key
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const PRODUCTS = [
  { id: "p1", name: "Lamp" },
  { id: "p2", name: "Desk" },
];
const STOCK = [
  { id: "p1", stock: 5, shelf: "A" },
  { id: "p2", stock: 0, shelf: null },
];
const REVIEWS = [
  { id: "r1", stars: 5, product: { id: "p1" } },
  { id: "r2", stars: 3, product: { id: "p2" } },
  { id: "r3", stars: 4, product: { id: "p1" } },
];

export const simpleKeys: Feature = {
  name: "simple keys",
  subgraphs: {
    products: {
      sdl: `
        type Query { product(id: ID!): Product  products: [Product!]! }
        type Product @key(fields: "id") { id: ID!  name: String! }
      `,
      resolvers: {
        Query: {
          product: (_, args) => among(PRODUCTS, "id")(args),
          products: () => PRODUCTS,
        },
        Product: { __resolveReference: among(PRODUCTS, "id") },
      },
    },
    inventory: {
      sdl: `type Product @key(fields: "id") { id: ID!  stock: Int!  shelf: String }`,
      resolvers: { Product: { __resolveReference: among(STOCK, "id") } },
    },
    reviews: {
      sdl: `
        type Query { reviews: [Review!]!  drafts: [Review!]! }
        type Review { id: ID!  stars: Int!  product: Product! }
        type Product @key(fields: "id") { id: ID!  reviews: [Review!]! }
      `,
      resolvers: {
        Query: { reviews: () => REVIEWS, drafts: () => [] },
        Product: {
          reviews: ({ id }: Row) => REVIEWS.filter(({ product }) => product.id === id),
        },
      },
    },
  },
  cases: {
    "an entity's fields come from every subgraph that has them": {
      query: `{ product(id: "p1") { name stock reviews { stars } } }`,
      data: { product: { name: "Lamp", stock: 5, reviews: [{ stars: 5 }, { stars: 4 }] } },
    },
    "a list keeps its order, and each item gets its own fields": {
      query: "{ products { shelf name stock } }",
      data: {
        products: [
          { shelf: "A", name: "Lamp", stock: 5 },
          { shelf: null, name: "Desk", stock: 0 },
        ],
      },
    },
    "a key that only the router needs is not in the answer": {
      query: `{ product(id: "p1") { stock } }`,
      data: { product: { stock: 5 } },
    },
    "a key has the client's alias in the answer": {
      query: `{ product(id: "p2") { number: id stock } }`,
      data: { product: { number: "p2", stock: 0 } },
    },
    "an object has its __typename, whatever subgraph its fields come from": {
      query: "{ products { __typename stock } reviews { __typename product { name __typename } } }",
      data: {
        products: [
          { __typename: "Product", stock: 5 },
          { __typename: "Product", stock: 0 },
        ],
        reviews: [
          { __typename: "Review", product: { name: "Lamp", __typename: "Product" } },
          { __typename: "Review", product: { name: "Desk", __typename: "Product" } },
          { __typename: "Review", product: { name: "Lamp", __typename: "Product" } },
        ],
      },
    },
    "a reference leads to another subgraph and back": {
      query: `{ product(id: "p2") { reviews { product { name stock reviews { id } } } } }`,
      data: {
        product: { reviews: [{ product: { name: "Desk", stock: 0, reviews: [{ id: "r2" }] } }] },
      },
    },
    "a missing entity is null, and is fetched from no other subgraph": {
      query: `{ product(id: "p9") { name stock } }`,
      data: { product: null },
      fetches: { products: [0], inventory: [] },
    },
    "equal references are fetched once, and all of them get the answer": {
      query: "{ reviews { id product { name } } }",
      data: {
        reviews: [
          { id: "r1", product: { name: "Lamp" } },
          { id: "r2", product: { name: "Desk" } },
          { id: "r3", product: { name: "Lamp" } },
        ],
      },
      fetches: { reviews: [0], products: [2] },
    },
    "an empty list causes no fetch": {
      query: "{ drafts { product { name } } }",
      data: { drafts: [] },
      fetches: { reviews: [0], products: [] },
    },
    "a subgraph without a selected field gets no request": {
      query: "{ products { name } }",
      data: { products: [{ name: "Lamp" }, { name: "Desk" }] },
      fetches: { products: [0], inventory: [], reviews: [] },
    },
    "root fields of several subgraphs are in the order of the selection": {
      query: `{ drafts { id } product(id: "p1") { name } all: products { id } last: drafts { id } }`,
      data: {
        drafts: [],
        product: { name: "Lamp" },
        all: [{ id: "p1" }, { id: "p2" }],
        last: [],
      },
      fetches: { products: [0], reviews: [0] },
    },
    "all fields of an entity in one subgraph are fetched at once": {
      query: `{ product(id: "p1") { stock ...A ... on Product { left: stock } } }
        fragment A on Product { shelf }`,
      data: { product: { stock: 5, shelf: "A", left: 5 } },
      fetches: { products: [0], inventory: [1] },
    },
  },
};
