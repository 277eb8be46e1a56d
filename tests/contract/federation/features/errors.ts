// Errors of subgraphs, with the paths of the client's operation.
// https://spec.graphql.org/October2021/#sec-Errors
import { fail } from "../../../../kit/errors.ts";
import { type Feature, failed, unforeseen } from "../feature.ts";
import type { Row } from "../subgraph.ts";

const ids = (...list: readonly (string | null)[]) => list.map((id) => id && { id });
const LISTS: Row = {
  one: ids("bad"),
  mixed: ids("a", "bad", "c"),
  holes: ids(null, "a", null, "bad", "a", "c"),
  twice: ids("bad", "a", "bad"),
};
const isBad = ({ id }: Row) => id === "bad";
const moved = () => fail("CONFLICT", "The item is being moved.");
const missing = () => fail("NOT_FOUND", "There is no such thing.");

export const errors: Feature = {
  name: "errors and their paths",
  subgraphs: {
    lists: {
      sdl: `
        type Query {
          list(of: String!): [Item]!
          nested: [[Item]]
          refused: Int
          odd: Int
          must: Int!
          group: Group
        }
        type Group { name: String  items(of: String!): [Item]  fails: Int }
        type Item @key(fields: "id") { id: ID!  label: String }
      `,
      resolvers: {
        Query: {
          list: (_, { of }) => LISTS[String(of)],
          nested: () => [ids("a"), null, ids("c", "bad")],
          refused: async () => {
            throw missing();
          },
          odd: async () => {
            throw new Error("the password is hunter2");
          },
          must: async () => {
            throw missing();
          },
          group: () => ({ name: "G" }),
        },
        Group: {
          items: (_, { of }) => LISTS[String(of)],
          fails: async () => {
            throw missing();
          },
        },
        Item: {
          label: async (item) => {
            if (isBad(item)) throw missing();
            return `label of ${item.id}`;
          },
        },
      },
    },
    details: {
      sdl: `type Item @key(fields: "id") {
        id: ID!  text: String  size: Int!  parts: [Part]  next: Item  weird: Int
      }
      type Part { name: String  price: Int! }`,
      resolvers: {
        Item: {
          __resolveReference: async (item) => {
            if (isBad(item)) throw moved();
            return item;
          },
          text: ({ id }: Row) => `text of ${id}`,
          size: () => 7,
          parts: ({ id }: Row) => [{ name: "p0" }, { name: "p1", isFree: id === "c" }],
          next: () => ({ id: "c" }),
          weird: async () => {
            throw new Error("the password is hunter2");
          },
        },
        Part: {
          name: ({ name }: Row) => name,
          price: async ({ isFree }: Row) => {
            if (isFree) throw missing();
            return 1;
          },
        },
      },
    },
  },
  cases: {
    "an error of a root field has its name as path": {
      query: "{ no: refused group { name } }",
      data: { no: null, group: { name: "G" } },
      errors: [failed("NOT_FOUND", "There is no such thing.", ["no"])],
    },
    "an unexpected error is returned without its text": {
      query: "{ odd }",
      data: { odd: null },
      errors: [unforeseen("odd")],
    },
    "a non-null root field makes data null": {
      query: "{ group { name } must }",
      data: null,
      errors: [failed("NOT_FOUND", "There is no such thing.", ["must"])],
    },
    "an error below a list has the path of its item": {
      query: `{ list(of: "mixed") { id tag: label } }`,
      data: {
        list: [
          { id: "a", tag: "label of a" },
          { id: "bad", tag: null },
          { id: "c", tag: "label of c" },
        ],
      },
      errors: [failed("NOT_FOUND", "There is no such thing.", ["list", 1, "tag"])],
    },
    "one failing entity makes only that entity null, with its path": {
      query: `{ list(of: "mixed") { id text } }`,
      data: {
        list: [
          { id: "a", text: "text of a" },
          { id: "bad", text: null },
          { id: "c", text: "text of c" },
        ],
      },
      errors: [failed("CONFLICT", "The item is being moved.", ["list", 1])],
    },
    "its path is right if others are null or selected twice": {
      query: `{ items: list(of: "holes") { text } }`,
      data: {
        items: [
          null,
          { text: "text of a" },
          null,
          { text: null },
          { text: "text of a" },
          { text: "text of c" },
        ],
      },
      errors: [failed("CONFLICT", "The item is being moved.", ["items", 3])],
    },
    "a failing entity in two places has an error at both": {
      query: `{ list(of: "twice") { text } }`,
      data: { list: [{ text: null }, { text: "text of a" }, { text: null }] },
      errors: [
        failed("CONFLICT", "The item is being moved.", ["list", 0]),
        failed("CONFLICT", "The item is being moved.", ["list", 2]),
      ],
    },
    "a failing entity with non-null fields is null, without a second error": {
      query: `{ list(of: "mixed") { size } }`,
      data: { list: [{ size: 7 }, null, { size: 7 }] },
      errors: [failed("CONFLICT", "The item is being moved.", ["list", 1])],
    },
    "errors have paths in lists of lists": {
      query: "{ nested { text } }",
      data: {
        nested: [[{ text: "text of a" }], null, [{ text: "text of c" }, { text: null }]],
      },
      errors: [failed("CONFLICT", "The item is being moved.", ["nested", 2, 1])],
    },
    "an error below an entity has the client's aliases in its path": {
      query: `{ group { all: items(of: "holes") { bits: parts { what: name cost: price } } } }`,
      data: {
        group: {
          all: [
            null,
            {
              bits: [
                { what: "p0", cost: 1 },
                { what: "p1", cost: 1 },
              ],
            },
            null,
            { bits: null },
            {
              bits: [
                { what: "p0", cost: 1 },
                { what: "p1", cost: 1 },
              ],
            },
            { bits: [{ what: "p0", cost: 1 }, null] },
          ],
        },
      },
      errors: [
        failed("CONFLICT", "The item is being moved.", ["group", "all", 3]),
        failed("NOT_FOUND", "There is no such thing.", ["group", "all", 5, "bits", 1, "cost"]),
      ],
    },
    "an error behind two entities has its full path": {
      query: `{ list(of: "one") { label } group { items(of: "twice") { id label } } }`,
      data: {
        list: [{ label: null }],
        group: {
          items: [
            { id: "bad", label: null },
            { id: "a", label: "label of a" },
            { id: "bad", label: null },
          ],
        },
      },
      errors: [
        failed("NOT_FOUND", "There is no such thing.", ["list", 0, "label"]),
        failed("NOT_FOUND", "There is no such thing.", ["group", "items", 0, "label"]),
        failed("NOT_FOUND", "There is no such thing.", ["group", "items", 2, "label"]),
      ],
    },
    "errors of several subgraphs are all returned": {
      query: `{ refused group { fails name } list(of: "one") { text } }`,
      data: { refused: null, group: { fails: null, name: "G" }, list: [{ text: null }] },
      errors: [
        failed("NOT_FOUND", "There is no such thing.", ["refused"]),
        failed("NOT_FOUND", "There is no such thing.", ["group", "fails"]),
        failed("CONFLICT", "The item is being moved.", ["list", 0]),
      ],
    },
    "one failing field of an entity leaves the others": {
      query: `{ list(of: "mixed") { odd: weird text } }`,
      data: {
        list: [
          { odd: null, text: "text of a" },
          { odd: null, text: null },
          { odd: null, text: "text of c" },
        ],
      },
      errors: [
        unforeseen("list", 0, "odd"),
        failed("CONFLICT", "The item is being moved.", ["list", 1]),
        unforeseen("list", 2, "odd"),
      ],
    },
  },
};
