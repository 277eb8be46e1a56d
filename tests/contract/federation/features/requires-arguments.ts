// Fields that need a field of another subgraph with certain arguments. The client may select that
// field with other arguments.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const PRODUCTS = [
  { id: "p1", name: "Lamp" },
  { id: "p2", name: "Desk" },
];

/** A price as text, which shows the currency. */
const priceOf = ({ id }: Row, { currency }: Row) => `${id} in ${currency}`;

export const requiresArguments: Feature = {
  name: "@requires with arguments",
  subgraphs: {
    products: {
      sdl: `
        type Query { products: [Product!]!  product(id: ID!): Product }
        type Product @key(fields: "id") {
          id: ID!
          name: String!
          price(currency: String! = "USD"): String!
        }
      `,
      resolvers: {
        Query: { products: () => PRODUCTS, product: (_, args) => among(PRODUCTS, "id")(args) },
        Product: { __resolveReference: among(PRODUCTS, "id"), price: priceOf },
      },
    },
    tax: {
      sdl: `type Product @key(fields: "id") {
        id: ID!
        price(currency: String! = "USD"): String! @external
        taxed: String! @requires(fields: "price(currency: \\"EUR\\")")
        listed: String! @requires(fields: "price")
        ruled(by: Int!): String! @requires(fields: "price(currency: \\"EUR\\")")
      }`,
      resolvers: {
        Product: {
          taxed: ({ price }: Row) => `taxed ${price}`,
          listed: ({ price }: Row) => `listed ${price}`,
          ruled: ({ price }: Row, { by }: Row) => `${price}, ${by}`,
        },
      },
    },
    customs: {
      sdl: `type Product @key(fields: "id") {
        id: ID!
        price(currency: String! = "USD"): String! @external
        declared: String! @requires(fields: "price(currency: \\"CHF\\")")
      }`,
      resolvers: { Product: { declared: ({ price }: Row) => `declared ${price}` } },
    },
  },
  cases: {
    "the required field is fetched with the arguments of the requirement": {
      query: "{ products { taxed } }",
      data: { products: [{ taxed: "taxed p1 in EUR" }, { taxed: "taxed p2 in EUR" }] },
    },
    "without arguments in the requirement, the default applies": {
      query: `{ product(id: "p1") { listed } }`,
      data: { product: { listed: "listed p1 in USD" } },
    },
    "the client may select the same field with the same arguments": {
      query: `{ product(id: "p1") { price(currency: "EUR") taxed } }`,
      data: { product: { price: "p1 in EUR", taxed: "taxed p1 in EUR" } },
    },
    "the client may select the same field with other arguments": {
      query: `{ product(id: "p1") { price(currency: "GBP") taxed } }`,
      data: { product: { price: "p1 in GBP", taxed: "taxed p1 in EUR" } },
    },
    "the client may select it with other arguments if the requirement uses the default": {
      query: `{ product(id: "p1") { price(currency: "GBP") listed } }`,
      data: { product: { price: "p1 in GBP", listed: "listed p1 in USD" } },
    },
    "the client's arguments may come from a variable": {
      query: `query ($currency: String!) { products { price(currency: $currency) taxed } }`,
      variables: { currency: "GBP" },
      data: {
        products: [
          { price: "p1 in GBP", taxed: "taxed p1 in EUR" },
          { price: "p2 in GBP", taxed: "taxed p2 in EUR" },
        ],
      },
    },
    "the client may select it with several aliases": {
      query: `{ product(id: "p2") {
        price: price(currency: "GBP") euros: price(currency: "EUR") taxed usual: price
      } }`,
      data: {
        product: {
          price: "p2 in GBP",
          euros: "p2 in EUR",
          taxed: "taxed p2 in EUR",
          usual: "p2 in USD",
        },
      },
    },
    "two fields of one subgraph may require it with different arguments": {
      query: `{ product(id: "p1") { taxed listed } }`,
      data: { product: { taxed: "taxed p1 in EUR", listed: "listed p1 in USD" } },
    },
    "one of them may be omitted": {
      query: `query ($z: Boolean!) { products { taxed @include(if: $z) listed } }`,
      variables: { z: false },
      data: { products: [{ listed: "listed p1 in USD" }, { listed: "listed p2 in USD" }] },
    },
    "each fetch gets only the variables that it uses": {
      query: `query ($z: Boolean!, $by: Int!) {
        product(id: "p1") { taxed @include(if: $z) ... @include(if: $z) { listed ruled(by: $by) } }
      }`,
      variables: { z: true, by: 2 },
      data: {
        product: { taxed: "taxed p1 in EUR", listed: "listed p1 in USD", ruled: "p1 in EUR, 2" },
      },
    },
    "fields of two subgraphs may require it with different arguments": {
      query: "{ products { taxed declared } }",
      data: {
        products: [
          { taxed: "taxed p1 in EUR", declared: "declared p1 in CHF" },
          { taxed: "taxed p2 in EUR", declared: "declared p2 in CHF" },
        ],
      },
    },
    "all of that at once": {
      query: `{ product(id: "p1") { declared price(currency: "GBP") listed name taxed } }`,
      data: {
        product: {
          declared: "declared p1 in CHF",
          price: "p1 in GBP",
          listed: "listed p1 in USD",
          name: "Lamp",
          taxed: "taxed p1 in EUR",
        },
      },
    },
  },
};
