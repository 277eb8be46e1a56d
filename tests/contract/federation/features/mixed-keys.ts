// An entity with many keys. A subgraph resolves one, and has the fields of others.
import type { Feature } from "../feature.ts";
import type { Row } from "../subgraph.ts";

const PARTS = [
  { id: "1", serial: "s1", code: { one: "a", two: "b", three: "c" }, name: "Bolt" },
  { id: "2", serial: "s2", code: { one: "a", two: "x", three: "c" }, name: "Nut" },
];

/** The part that has all fields of the reference, for any key. */
async function partOf({ __typename: _, code = {}, ...wanted }: Row) {
  const isSame = (one: Row, other: Row) =>
    Object.entries(one).every(([name, value]) => other[name] === value);
  return PARTS.find((part) => isSame(wanted, part) && isSame(code as Row, part.code)) ?? null;
}

export const mixedKeys: Feature = {
  name: "keys that are resolved and keys that are only known",
  subgraphs: {
    store: {
      sdl: `
        type Query { parts: [Part!]! }
        type Part
          @key(fields: "id")
          @key(fields: "serial")
          @key(fields: "code { one two }")
          @key(fields: "id code { two three }") {
          id: ID!  serial: ID!  code: Code!  name: String!
        }
        type Code @shareable { one: String!  two: String!  three: String! }
      `,
      resolvers: {
        Query: { parts: () => PARTS },
        Part: { __resolveReference: partOf },
      },
    },
    boxes: {
      sdl: `
        type Query { box: Box!  bare: [Part!]! }
        type Box @key(fields: "id") { id: ID!  parts: [Part!]! }
        type Part
          @key(fields: "code { one two }", resolvable: false)
          @key(fields: "id code { two three }")
          @key(fields: "serial", resolvable: false) {
          id: ID!  serial: ID!  code: Code!
          name: String! @external
          label: String! @requires(fields: "name")
        }
        type Code @shareable { one: String!  two: String!  three: String! }
      `,
      resolvers: {
        Query: { box: () => ({ id: "100", parts: PARTS }), bare: () => PARTS },
        Part: {
          __resolveReference: async (wanted: Row) => {
            const part = await partOf({ id: wanted.id, code: wanted.code });
            return part && { ...part, name: wanted.name };
          },
          label: ({ id, name }: Row) => `${name} in box, ${id}`,
        },
      },
    },
    prices: {
      sdl: `type Part @key(fields: "code { one two }") { code: Code!  price: String! }
        type Code @shareable { one: String!  two: String! }`,
      resolvers: {
        Part: { price: ({ code }: Row) => `price of ${(code as Row).one}${(code as Row).two}` },
      },
    },
  },
  cases: {
    "a field with a requirement is fetched by the resolvable key": {
      query: "{ box { id parts { id name label } } }",
      data: {
        box: {
          id: "100",
          parts: [
            { id: "1", name: "Bolt", label: "Bolt in box, 1" },
            { id: "2", name: "Nut", label: "Nut in box, 2" },
          ],
        },
      },
    },
    "from any subgraph where the entity begins": {
      query: "{ parts { label } }",
      data: { parts: [{ label: "Bolt in box, 1" }, { label: "Nut in box, 2" }] },
    },
    "a key that is only known leads to the subgraph that resolves it": {
      query: "{ bare { price code { three } } }",
      data: {
        bare: [
          { price: "price of ab", code: { three: "c" } },
          { price: "price of ax", code: { three: "c" } },
        ],
      },
    },
    "each subgraph is fetched by a key of its own": {
      query: "{ parts { label price serial } }",
      data: {
        parts: [
          { label: "Bolt in box, 1", price: "price of ab", serial: "s1" },
          { label: "Nut in box, 2", price: "price of ax", serial: "s2" },
        ],
      },
    },
  },
};
