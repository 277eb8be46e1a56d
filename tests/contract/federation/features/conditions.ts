// @skip and @include, by literals and variables, also on fields that the router needs.
// https://spec.graphql.org/October2021/#sec--skip
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const PRODUCTS = [
  { __typename: "Product", id: "p1", name: "Lamp", weight: 2 },
  { __typename: "Product", id: "p2", name: "Desk", weight: 50 },
];

export const conditions: Feature = {
  name: "@skip and @include",
  subgraphs: {
    products: {
      sdl: `
        type Query { products: [Product!]!  product(id: ID!): Product  first: Thing }
        union Thing = Product | Other
        type Other { x: Int }
        type Product @key(fields: "id") { id: ID!  name: String!  weight: Int! }
      `,
      resolvers: {
        Query: {
          products: () => PRODUCTS,
          product: (_, args) => among(PRODUCTS, "id")(args),
          first: () => PRODUCTS[0],
        },
        Product: { __resolveReference: among(PRODUCTS, "id") },
      },
    },
    shipping: {
      sdl: `type Product @key(fields: "id") {
        id: ID!
        weight: Int! @external
        freight: String! @requires(fields: "weight")
        carrier: Carrier!
      }
      type Carrier { name: String!  fleet: Int! }`,
      resolvers: {
        Product: {
          freight: ({ weight }: Row) => `for ${weight}`,
          carrier: ({ id }: Row) => ({ name: `C${id}`, fleet: 3 }),
        },
      },
    },
  },
  cases: {
    "a skipped field is not in the answer, and is not fetched": {
      query: "{ products { name carrier @skip(if: true) { name } freight @include(if: false) } }",
      data: { products: [{ name: "Lamp" }, { name: "Desk" }] },
      fetches: { products: [0], shipping: [] },
    },
    "an included field is in the answer": {
      query: `{ product(id: "p1") { name @skip(if: false) carrier @include(if: true) { name } } }`,
      data: { product: { name: "Lamp", carrier: { name: "Cp1" } } },
    },
    "a variable decides, and saves the fetch where possible": {
      query: `query ($with: Boolean!) { product(id: "p1") {
        name carrier @include(if: $with) { name } freight @include(if: $with)
      } }`,
      variables: { with: false },
      data: { product: { name: "Lamp" } },
      fetches: { products: [0], shipping: [] },
    },
    "the same document with the other value gets its own answer": {
      query: `query ($with: Boolean!) { product(id: "p1") {
        name carrier @include(if: $with) { name } freight @include(if: $with)
      } }`,
      variables: { with: true },
      data: { product: { name: "Lamp", carrier: { name: "Cp1" }, freight: "for 2" } },
    },
    "a default of a variable decides": {
      query: `query ($no: Boolean = true) { product(id: "p1") { name @skip(if: $no) freight } }`,
      data: { product: { freight: "for 2" } },
    },
    "with both directives, each can omit the field": {
      query: `query ($yes: Boolean!, $no: Boolean!) { product(id: "p1") {
        a: carrier @include(if: $yes) @skip(if: $yes) { name }
        b: carrier @include(if: $no) @skip(if: $no) { name }
        c: carrier @include(if: $yes) @skip(if: $no) { name }
      } }`,
      variables: { yes: true, no: false },
      data: { product: { c: { name: "Cp1" } } },
    },
    "a key that the client omits still works": {
      query: `query ($no: Boolean!) { products { id @include(if: $no) carrier { fleet } } }`,
      variables: { no: false },
      data: { products: [{ carrier: { fleet: 3 } }, { carrier: { fleet: 3 } }] },
    },
    "a required field that the client omits is still fetched": {
      query: `query ($no: Boolean!) { products { weight @include(if: $no) freight } }`,
      variables: { no: false },
      data: { products: [{ freight: "for 2" }, { freight: "for 50" }] },
    },
    "fragments are omitted as a whole": {
      query: `query ($yes: Boolean!) { product(id: "p2") {
        ... @skip(if: $yes) { name freight } ...F @include(if: $yes) ... on Product @skip(if: $yes) { id }
      } } fragment F on Product { weight carrier { name } }`,
      variables: { yes: true },
      data: { product: { weight: 50, carrier: { name: "Cp2" } } },
    },
    "a field that is omitted in one selection may come from another": {
      query: `query ($no: Boolean!) { product(id: "p1") {
        carrier @include(if: $no) { fleet } ... { carrier { name } } name @include(if: $no) ... on Product { name }
      } }`,
      variables: { no: false },
      data: { product: { carrier: { name: "Cp1" }, name: "Lamp" } },
    },
    "conditions may be nested": {
      query: `query ($a: Boolean!, $b: Boolean!) { product(id: "p1") {
        carrier @include(if: $a) { name @include(if: $b) fleet @skip(if: $b) }
        ... @include(if: $a) { ... @include(if: $b) { freight } name }
      } }`,
      variables: { a: true, b: false },
      data: { product: { carrier: { fleet: 3 }, name: "Lamp" } },
    },
    "an object without any included field is empty": {
      query: `query ($no: Boolean!) {
        product(id: "p1") { name @include(if: $no) carrier { name @include(if: $no) } }
      }`,
      variables: { no: false },
      data: { product: { carrier: {} } },
    },
    "an operation without any included field has empty data": {
      query: `query ($no: Boolean!) { products @include(if: $no) { name } product(id: "p1") @skip(if: true) { id } }`,
      variables: { no: false },
      data: {},
    },
    "a member of a union may be omitted": {
      query: `query ($no: Boolean!) { first {
        __typename ... on Product @include(if: $no) { name } ... on Product { freight @skip(if: $no) }
      } }`,
      variables: { no: false },
      data: { first: { __typename: "Product", freight: "for 2" } },
    },
  },
};
