// Subgraphs that know an entity by different keys: the path to a field leads through others.
import type { Feature } from "../feature.ts";
import { among } from "../subgraph.ts";

const ITEMS = [
  { id: "i1", sku: "s1", code: "c1", name: "Lamp", weight: 2, shelf: "A" },
  { id: "i2", sku: "s2", code: "c2", name: "Desk", weight: 50, shelf: "B" },
];
/** Only the catalog has the first item. The second item has no number. */
const STRAYS = [
  { id: "i3", name: "Ghost" },
  { id: "i4", name: "Sample" },
];
const NUMBERS = [...ITEMS, { id: "i4", sku: null, name: "Sample" }];

export const keyChains: Feature = {
  name: "several keys, and chains of them",
  subgraphs: {
    catalog: {
      sdl: `
        type Query { items: [Item!]!  strays: [Item!]! }
        type Item @key(fields: "id") { id: ID!  name: String! }
      `,
      resolvers: {
        Query: { items: () => ITEMS, strays: () => [...STRAYS, ...ITEMS.slice(1)] },
        Item: { __resolveReference: among([...ITEMS, ...STRAYS], "id") },
      },
    },
    registry: {
      sdl: `type Item @key(fields: "id") @key(fields: "sku") { id: ID!  sku: String }`,
      resolvers: {
        Item: {
          __resolveReference: (wanted) => among(NUMBERS, wanted.id ? "id" : "sku")(wanted),
        },
      },
    },
    shipping: {
      sdl: `
        type Query { parcel: Item! }
        type Item @key(fields: "sku") @key(fields: "code") { sku: String  code: String!  weight: Int }
      `,
      resolvers: {
        Query: { parcel: () => ITEMS[1] },
        Item: { __resolveReference: (wanted) => among(ITEMS, wanted.sku ? "sku" : "code")(wanted) },
      },
    },
    archive: {
      sdl: `
        type Query { found: Item }
        type Item @key(fields: "code") { code: String!  shelf: String }
      `,
      resolvers: {
        Query: { found: () => ITEMS[0] },
        Item: { __resolveReference: among(ITEMS, "code") },
      },
    },
    orders: {
      sdl: `
        type Query { order: Order! }
        type Order { item: Item! }
        type Item @key(fields: "sku", resolvable: false) { sku: String }
      `,
      resolvers: { Query: { order: () => ({ item: { sku: "s1" } }) } },
    },
  },
  cases: {
    "a subgraph that knows two keys leads from one to the other": {
      query: "{ items { name weight } }",
      data: {
        items: [
          { name: "Lamp", weight: 2 },
          { name: "Desk", weight: 50 },
        ],
      },
      fetches: { catalog: [0], registry: [2], shipping: [2], archive: [] },
    },
    "the path may go through four subgraphs": {
      query: "{ items { name shelf } }",
      data: {
        items: [
          { name: "Lamp", shelf: "A" },
          { name: "Desk", shelf: "B" },
        ],
      },
      fetches: { catalog: [0], registry: [2], shipping: [2], archive: [2] },
    },
    "and back from the last to the first": {
      query: "{ found { shelf name } }",
      data: { found: { shelf: "A", name: "Lamp" } },
      fetches: { archive: [0], shipping: [1], registry: [1], catalog: [1] },
    },
    "the path may begin in the middle": {
      query: "{ parcel { name weight shelf } }",
      data: { parcel: { name: "Desk", weight: 50, shelf: "B" } },
      fetches: { shipping: [0], archive: [1], registry: [1], catalog: [1] },
    },
    "keys on the path are in the answer where they are selected": {
      query: "{ found { id code sku } }",
      data: { found: { id: "i1", code: "c1", sku: "s1" } },
      fetches: { catalog: [] },
    },
    "a reference that its subgraph cannot resolve still leads to others": {
      query: "{ order { item { sku weight name } } }",
      data: { order: { item: { sku: "s1", weight: 2, name: "Lamp" } } },
      fetches: { orders: [0] },
    },
    "fields are null if the path ends at an unknown entity or a null key": {
      query: "{ strays { name weight shelf } }",
      data: {
        strays: [
          { name: "Ghost", weight: null, shelf: null },
          { name: "Sample", weight: null, shelf: null },
          { name: "Desk", weight: 50, shelf: "B" },
        ],
      },
    },
  },
};
