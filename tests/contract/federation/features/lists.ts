// Lists of lists, empty lists, long lists, and values of custom scalars.
import type { Feature } from "../feature.ts";
import { echo, type Row } from "../subgraph.ts";

const COUNT = 300;
const many = Array.from({ length: COUNT }, (_, at) => ({ id: `i${at}` }));
const [a, b, c] = many;
const ANYTHING = { deep: [{ a: null }, [1.5, "x"], true], __typename: "not a type" };

export const lists: Feature = {
  name: "lists and scalars",
  subgraphs: {
    items: {
      sdl: `
        type Query {
          matrix: [[Item]]!
          cube: [[[Item!]!]!]
          numbers: [[Int]]
          many: [Item!]!
          none: [Item!]!
          nothing: [Item]
          box: Box!
          any: JSON
          anys: [JSON]
          heard(any: JSON, at: Instant): String!
          big: Float  small: Float  least: Int  id: ID
        }
        type Box { rows: [Row!]! }
        type Row { items: [Item!]  box: Box }
        type Item @key(fields: "id") { id: ID! }
        scalar JSON
        scalar Instant
      `,
      resolvers: {
        Query: {
          matrix: () => [[a, null], null, [], [b, a, c]],
          cube: () => [[[a], []], [[b, c]]],
          numbers: () => [[1, null], [], null],
          many: () => many,
          none: () => [],
          nothing: () => null,
          box: () => ({
            rows: [
              { items: [a, b], box: { rows: [] } },
              { items: null, box: null },
              { items: [], box: { rows: [{ items: [c], box: null }] } },
            ],
          }),
          any: () => ANYTHING,
          anys: () => [1, "a", null, [], {}],
          heard: (_, args) => echo(args),
          big: () => 1.7976931348623157e308,
          small: () => -0.1,
          least: () => -2147483648,
          id: () => 9007199254740993n.toString(),
        },
      },
    },
    facts: {
      sdl: `
        type Item @key(fields: "id") { id: ID!  fact: String!  data(of: JSON): JSON  at: Instant }
        scalar JSON
        scalar Instant
      `,
      resolvers: {
        Item: {
          fact: ({ id }: Row) => `f${id}`,
          data: (_, { of }) => ({ of }),
          at: () => 0,
        },
      },
    },
  },
  cases: {
    "lists of lists keep their shape, and each item gets its own": {
      query: "{ matrix { fact } }",
      data: {
        matrix: [
          [{ fact: "fi0" }, null],
          null,
          [],
          [{ fact: "fi1" }, { fact: "fi0" }, { fact: "fi2" }],
        ],
      },
    },
    "lists of lists of lists too": {
      query: "{ cube { fact id } numbers }",
      data: {
        cube: [
          [[{ fact: "fi0", id: "i0" }], []],
          [
            [
              { fact: "fi1", id: "i1" },
              { fact: "fi2", id: "i2" },
            ],
          ],
        ],
        numbers: [[1, null], [], null],
      },
    },
    "lists below lists of objects": {
      query: "{ box { rows { items { fact } box { rows { items { fact } } } } } }",
      data: {
        box: {
          rows: [
            { items: [{ fact: "fi0" }, { fact: "fi1" }], box: { rows: [] } },
            { items: null, box: null },
            { items: [], box: { rows: [{ items: [{ fact: "fi2" }] }] } },
          ],
        },
      },
    },
    "a null list and an empty one differ, and cause no fetch": {
      query: "{ none { fact } nothing { fact } }",
      data: { none: [], nothing: null },
      fetches: { facts: [] },
    },
    "many entities are fetched at once": {
      query: "{ many { fact } }",
      data: { many: many.map(({ id }) => ({ fact: `f${id}` })) },
      fetches: { items: [0], facts: [COUNT] },
    },
    "a value of a custom scalar is unchanged": {
      query: "{ any anys }",
      data: { any: ANYTHING, anys: [1, "a", null, [], {}] },
    },
    "also one of an entity, and an empty one": {
      query: `{ none: nothing { id } box { rows { items { at data(of: 0) } } } }`,
      data: {
        none: null,
        box: {
          rows: [
            {
              items: [
                { at: 0, data: { of: 0 } },
                { at: 0, data: { of: 0 } },
              ],
            },
            { items: null },
            { items: [] },
          ],
        },
      },
    },
    "a literal of a custom scalar may have any shape": {
      query: `{ heard(any: { list: [1, "a", null, [], {}], yes: true, word: WORD, less: -1.5 }, at: "now") }`,
      data: {
        heard: `{"any":{"less":-1.5,"list":[1,"a",null,[],{}],"word":"WORD","yes":true},"at":"now"}`,
      },
    },
    "a variable of a custom scalar may have any shape, also inside a literal": {
      query:
        "query ($any: JSON, $at: Instant) { heard(any: { a: [$any] }, at: $at) all: heard(any: $any) }",
      variables: { any: { b: [{ c: null }] }, at: 12 },
      data: {
        heard: `{"any":{"a":[{"b":[{"c":null}]}]},"at":12}`,
        all: `{"any":{"b":[{"c":null}]}}`,
      },
    },
    "numbers and ids are unchanged": {
      query: "{ big small least id }",
      data: {
        big: 1.7976931348623157e308,
        small: -0.1,
        least: -2147483648,
        id: "9007199254740993",
      },
    },
  },
};
