// Fields of another subgraph that a subgraph has on one path.
// https://specs.apollo.dev/federation/v2.7#@provides
import type { Feature } from "../feature.ts";
import { among } from "../subgraph.ts";

const MAKERS = { m1: { id: "m1", name: "Acme", country: "DE" } };
const PRODUCTS = [
  { id: "p1", name: "Lamp", price: 10, maker: MAKERS.m1 },
  { id: "p2", name: "Desk", price: 200, maker: null },
];
const MEDIA = [
  { __typename: "Book", id: "b1", title: "SQL", pages: 300 },
  { __typename: "Film", id: "f1", title: "Alien", minutes: 117 },
];
const [book, film] = MEDIA;

export const provides: Feature = {
  name: "@provides",
  subgraphs: {
    reviews: {
      sdl: `
        type Query {
          reviews: [Review!]!
          latest: Product!
          shelf: [Media!]! @provides(fields: "... on Book { title }")
          pile: [Titled!]! @provides(fields: "... on Book { title }")
        }
        type Review { id: ID!  product: Product! @provides(fields: "name maker { name }") }
        type Product @key(fields: "id") {
          id: ID!  name: String! @external  maker: Maker @external
        }
        type Maker @key(fields: "id") { id: ID!  name: String! @external }
        union Media = Book | Film
        interface Titled { id: ID!  title: String! }
        type Book implements Titled @key(fields: "id") { id: ID!  title: String! @external }
        type Film implements Titled @key(fields: "id") { id: ID!  title: String! @external }
      `,
      resolvers: {
        Query: {
          reviews: () => PRODUCTS.map((product) => ({ id: `of ${product.id}`, product })),
          latest: () => ({ id: "p2" }),
          shelf: () => MEDIA,
          pile: () => MEDIA,
        },
      },
    },
    products: {
      sdl: `
        type Query { media: [Titled!]! }
        type Product @key(fields: "id") {
          id: ID!  name: String! @shareable  price: Int!  maker: Maker @shareable
        }
        type Maker @key(fields: "id") { id: ID!  name: String! @shareable  country: String! }
        interface Titled { id: ID!  title: String! }
        type Book implements Titled @key(fields: "id") {
          id: ID!  title: String! @shareable  pages: Int!
        }
        type Film implements Titled @key(fields: "id") {
          id: ID!  title: String! @shareable  minutes: Int!
        }
      `,
      resolvers: {
        Query: { media: () => MEDIA },
        Product: { __resolveReference: among(PRODUCTS, "id") },
        Maker: { __resolveReference: async () => MAKERS.m1 },
        Book: { __resolveReference: async () => book },
        Film: { __resolveReference: async () => film },
      },
    },
  },
  cases: {
    "a provided field is not fetched elsewhere": {
      query: "{ reviews { product { name } } }",
      data: { reviews: [{ product: { name: "Lamp" } }, { product: { name: "Desk" } }] },
      fetches: { reviews: [0], products: [] },
    },
    "nor is a provided field of an object below": {
      query: "{ reviews { product { maker { name } } } }",
      data: {
        reviews: [{ product: { maker: { name: "Acme" } } }, { product: { maker: null } }],
      },
      fetches: { reviews: [0], products: [] },
    },
    "a field that is not provided is fetched": {
      query: "{ reviews { product { name price } } }",
      data: {
        reviews: [
          { product: { name: "Lamp", price: 10 } },
          { product: { name: "Desk", price: 200 } },
        ],
      },
      fetches: { products: [2] },
    },
    "also one of an object below": {
      query: "{ reviews { product { maker { country name } } } }",
      data: {
        reviews: [
          { product: { maker: { country: "DE", name: "Acme" } } },
          { product: { maker: null } },
        ],
      },
    },
    "a field is provided on its path only": {
      query: "{ latest { name } }",
      data: { latest: { name: "Desk" } },
      fetches: { reviews: [0], products: [1] },
    },
    "a field may be provided for one member of a union": {
      query: "{ shelf { ... on Book { title } ... on Film { title } } }",
      data: { shelf: [{ title: "SQL" }, { title: "Alien" }] },
      fetches: { reviews: [0], products: [1] },
    },
    "a field may be provided for one type of an interface": {
      query: "{ pile { __typename title } }",
      data: {
        pile: [
          { __typename: "Book", title: "SQL" },
          { __typename: "Film", title: "Alien" },
        ],
      },
      fetches: { reviews: [0], products: [1] },
    },
  },
};
