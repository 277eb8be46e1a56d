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
    "fields that a field needs are fetched for it, null ones too, and not answered": {
      query: "{ products { estimate } }",
      data: { products: [{ estimate: "10 and 2" }, { estimate: "null and 50" }] },
      asked: { products: [0], shipping: [2] },
    },
    "fields of an object that a field needs are fetched for it": {
      query: "{ products { area } }",
      data: { products: [{ area: 12 }, { area: null }] },
    },
    "of an object that a field needs, only what was selected is answered": {
      query: "{ products { size { unit } area } }",
      data: {
        products: [
          { size: { unit: "cm" }, area: 12 },
          { size: null, area: null },
        ],
      },
    },
    "a list that a field needs is fetched for it": {
      query: "{ products { labels } }",
      data: { products: [{ labels: "new+light" }, { labels: "" }] },
    },
    "a field may need what itself needs fields of a third subgraph": {
      query: "{ products { premium } }",
      data: {
        products: [{ premium: "Lamp for 10 and 2" }, { premium: "Desk for null and 50" }],
      },
    },
    "a chain of needs begins wherever the entity comes from": {
      query: "{ parcels { premium claim } }",
      data: { parcels: [{ premium: "Desk for null and 50", claim: "claim to carrier of p2" }] },
      fails: "the plan asks for what is needed without what that needs",
    },
    "a field may need what its own subgraph of entry knows": {
      query: "{ parcels { estimate area name } }",
      data: { parcels: [{ estimate: "null and 50", area: null, name: "Desk" }] },
    },
    "a needed field is answered too where it was selected, under its name": {
      query: "{ products { cost: price estimate weight } }",
      data: {
        products: [
          { cost: 10, estimate: "10 and 2", weight: 2 },
          { cost: null, estimate: "null and 50", weight: 50 },
        ],
      },
    },
    "a client may give another field the name of a needed one": {
      query: "{ products { price: name estimate } }",
      data: {
        products: [
          { price: "Lamp", estimate: "10 and 2" },
          { price: "Desk", estimate: "null and 50" },
        ],
      },
    },
    "a client may let needed fields trade names": {
      query: "{ products { weight: price price: weight estimate } }",
      data: {
        products: [
          { weight: 10, price: 2, estimate: "10 and 2" },
          { weight: null, price: 50, estimate: "null and 50" },
        ],
      },
    },
    "a client may give another field the name of the key": {
      query: "{ products { id: name estimate premium } }",
      data: {
        products: [
          { id: "Lamp", estimate: "10 and 2", premium: "Lamp for 10 and 2" },
          { id: "Desk", estimate: "null and 50", premium: "Desk for null and 50" },
        ],
      },
    },
    "a client may give an object another's name that a field needs": {
      query: "{ products { tags: name labels size: id area } }",
      data: {
        products: [
          { tags: "Lamp", labels: "new+light", size: "p1", area: 12 },
          { tags: "Desk", labels: "", size: "p2", area: null },
        ],
      },
    },
    "a field with needs may be asked for twice, under two names": {
      query: "{ products { a: estimate b: estimate } }",
      data: {
        products: [
          { a: "10 and 2", b: "10 and 2" },
          { a: "null and 50", b: "null and 50" },
        ],
      },
    },
    "a needed field that the client skips is fetched all the same": {
      query: "{ products { price @skip(if: true) estimate } }",
      data: { products: [{ estimate: "10 and 2" }, { estimate: "null and 50" }] },
    },
  },
};
