// Fields that need fields of other subgraphs. https://specs.apollo.dev/federation/v2.7#@requires
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const PRODUCTS = [
  {
    id: "p1",
    name: "Lamp",
    price: 10,
    weight: 2,
    size: { width: 3, height: 4, unit: "cm" },
    tags: [{ name: "new" }, { name: "light" }],
  },
  { id: "p2", name: "Desk", price: null, weight: 50, size: null, tags: [] },
];

const sizeOf = (product: Row) => product.size as Row | null;

export const requires: Feature = {
  name: "@requires",
  subgraphs: {
    products: {
      sdl: `
        type Query { products: [Product!]! }
        type Product @key(fields: "id") {
          id: ID!  name: String!  price: Int  weight: Int!  size: Size  tags: [Tag!]!
        }
        type Size { width: Int!  height: Int!  unit: String! }
        type Tag { name: String! }
      `,
      resolvers: {
        Query: { products: () => PRODUCTS },
        Product: { __resolveReference: among(PRODUCTS, "id") },
      },
    },
    shipping: {
      sdl: `
        type Query { parcels: [Product!]! }
        type Product @key(fields: "id") {
          id: ID!
          price: Int @external
          weight: Int! @external
          size: Size @external
          tags: [Tag!]! @external
          estimate: String! @requires(fields: "price weight")
          area: Int @requires(fields: "size { width height }")
          labels: String! @requires(fields: "tags { name }")
          carrier: String!
        }
        type Size { width: Int! @external  height: Int! @external }
        type Tag { name: String! @external }
      `,
      resolvers: {
        Query: { parcels: () => [{ id: "p2" }] },
        Product: {
          estimate: ({ price, weight }: Row) => `${price} and ${weight}`,
          area: (product: Row) => {
            const size = sizeOf(product);
            return size && Number(size.width) * Number(size.height);
          },
          labels: ({ tags }: Row) => (tags as Row[]).map(({ name }) => name).join("+"),
          carrier: ({ id }: Row) => `carrier of ${id}`,
        },
      },
    },
    insurance: {
      sdl: `type Product @key(fields: "id") {
        id: ID!
        name: String! @external
        estimate: String! @external
        carrier: String! @external
        premium: String! @requires(fields: "estimate name")
        claim: String! @requires(fields: "carrier")
      }`,
      resolvers: {
        Product: {
          premium: ({ name, estimate }: Row) => `${name} for ${estimate}`,
          claim: ({ carrier }: Row) => `claim to ${carrier}`,
        },
      },
    },
  },
  cases: {
    "required fields are fetched, null ones too, and are not in the answer": {
      query: "{ products { estimate } }",
      data: { products: [{ estimate: "10 and 2" }, { estimate: "null and 50" }] },
      fetches: { products: [0], shipping: [2] },
    },
    "required fields of an object are fetched": {
      query: "{ products { area } }",
      data: { products: [{ area: 12 }, { area: null }] },
    },
    "of a required object, only the selected fields are in the answer": {
      query: "{ products { size { unit } area } }",
      data: {
        products: [
          { size: { unit: "cm" }, area: 12 },
          { size: null, area: null },
        ],
      },
    },
    "a required list is fetched": {
      query: "{ products { labels } }",
      data: { products: [{ labels: "new+light" }, { labels: "" }] },
    },
    "a required field may itself require fields of a third subgraph": {
      query: "{ products { premium } }",
      data: {
        products: [{ premium: "Lamp for 10 and 2" }, { premium: "Desk for null and 50" }],
      },
    },
    "a chain of requirements works from any subgraph of the entity": {
      query: "{ parcels { premium claim } }",
      data: { parcels: [{ premium: "Desk for null and 50", claim: "claim to carrier of p2" }] },
      fails: "the plan asks for what is needed without what that needs",
    },
    "a required field may come from the subgraph of the root field": {
      query: "{ parcels { estimate area name } }",
      data: { parcels: [{ estimate: "null and 50", area: null, name: "Desk" }] },
    },
    "a required field is also in the answer if it is selected, with its alias": {
      query: "{ products { cost: price estimate weight } }",
      data: {
        products: [
          { cost: 10, estimate: "10 and 2", weight: 2 },
          { cost: null, estimate: "null and 50", weight: 50 },
        ],
      },
    },
    "another field may have the required field's name as alias": {
      query: "{ products { price: name estimate } }",
      data: {
        products: [
          { price: "Lamp", estimate: "10 and 2" },
          { price: "Desk", estimate: "null and 50" },
        ],
      },
    },
    "required fields may swap names by aliases": {
      query: "{ products { weight: price price: weight estimate } }",
      data: {
        products: [
          { weight: 10, price: 2, estimate: "10 and 2" },
          { weight: null, price: 50, estimate: "null and 50" },
        ],
      },
    },
    "another field may have the key's name as alias": {
      query: "{ products { id: name estimate premium } }",
      data: {
        products: [
          { id: "Lamp", estimate: "10 and 2", premium: "Lamp for 10 and 2" },
          { id: "Desk", estimate: "null and 50", premium: "Desk for null and 50" },
        ],
      },
    },
    "an object may have a required object's name as alias": {
      query: "{ products { tags: name labels size: id area } }",
      data: {
        products: [
          { tags: "Lamp", labels: "new+light", size: "p1", area: 12 },
          { tags: "Desk", labels: "", size: "p2", area: null },
        ],
      },
    },
    "a field with requirements may be selected twice, with two aliases": {
      query: "{ products { a: estimate b: estimate } }",
      data: {
        products: [
          { a: "10 and 2", b: "10 and 2" },
          { a: "null and 50", b: "null and 50" },
        ],
      },
    },
    "a required field that the client skips is still fetched": {
      query: "{ products { price @skip(if: true) estimate } }",
      data: { products: [{ estimate: "10 and 2" }, { estimate: "null and 50" }] },
    },
  },
};
