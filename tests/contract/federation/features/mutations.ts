// Mutations of several subgraphs run one after another, each with its whole selection.
// https://spec.graphql.org/October2021/#sec-Serial-Execution
import { setImmediate as turn } from "node:timers/promises";
import { fail } from "../../../../kit/errors.ts";
import { type Feature, failed } from "../feature.ts";
import type { Row } from "../subgraph.ts";

/** The names of the executed steps in all subgraphs, in order. */
let happened: string[] = [];

/** Takes some turns of the event loop, so that a step that does not wait would be first. */
async function happen(name: string): Promise<string> {
  for (let turns = 0; turns < 5; turns += 1) await turn();
  happened.push(name);
  return happened.join(" ");
}

const step = (_: Row, { name }: Row) => happen(String(name));
const begin = () => {
  happened = [];
  return true;
};
const STEP = "(name: String!): String!";

export const mutations: Feature = {
  name: "mutations",
  subgraphs: {
    first: {
      sdl: `
        type Query { none: Int }
        type Mutation {
          begin: Boolean!
          one${STEP}
          fails(name: String!): String
          breaks(name: String!): String!
          item(name: String!): Item!
        }
        type Item @key(fields: "id") { id: ID!  seen: String! }
      `,
      resolvers: {
        Mutation: {
          begin,
          one: step,
          fails: async (_, { name }) => {
            await happen(String(name));
            throw fail("CONFLICT", "Somebody was faster.");
          },
          breaks: async () => {
            throw fail("CONFLICT", "Somebody was faster.");
          },
          item: async (_, { name }) => {
            await happen(String(name));
            return { id: name };
          },
        },
        Item: { seen: () => happened.join(" ") },
      },
    },
    second: {
      sdl: `
        type Mutation { two${STEP} }
        type Item @key(fields: "id") { id: ID!  read: String!  refuse: String }
      `,
      resolvers: {
        Mutation: { two: step },
        Item: {
          read: ({ id }: Row) => happen(`read-${id}`),
          refuse: async () => {
            throw fail("NOT_FOUND", "There is no such item.");
          },
        },
      },
    },
  },
  cases: {
    "they run one after another, across subgraphs": {
      query: `mutation {
        begin a: one(name: "a") b: two(name: "b") c: one(name: "c") d: one(name: "d") e: two(name: "e")
      }`,
      data: { begin: true, a: "a", b: "a b", c: "a b c", d: "a b c d", e: "a b c d e" },
    },
    "the selection of one is read before the next one runs": {
      query: `mutation { begin item(name: "i") { id read } two(name: "next") last: item(name: "j") { read } }`,
      data: {
        begin: true,
        item: { id: "i", read: "i read-i" },
        two: "i read-i next",
        last: { read: "i read-i next j read-j" },
      },
    },
    "also if the next one is of the same subgraph": {
      query: `mutation { begin item(name: "i") { read } one(name: "next") }`,
      data: { begin: true, item: { read: "i read-i" }, one: "i read-i next" },
    },
    "after a failed one the next one runs": {
      query: `mutation { begin fails(name: "a") two(name: "b") one(name: "c") }`,
      data: { begin: true, fails: null, two: "a b", one: "a b c" },
      errors: [failed("CONFLICT", "Somebody was faster.", ["fails"])],
    },
    "a failed non-null one makes data null": {
      query: `mutation { begin no: breaks(name: "a") }`,
      data: null,
      errors: [failed("CONFLICT", "Somebody was faster.", ["no"])],
    },
    "after an error in the selection of one the next one runs": {
      query: `mutation { begin item(name: "i") { refuse id } two(name: "b") }`,
      data: { begin: true, item: { refuse: null, id: "i" }, two: "i b" },
      errors: [failed("NOT_FOUND", "There is no such item.", ["item", "refuse"])],
    },
    "the same one may run twice": {
      query: `mutation { begin one: one(name: "x") two: one(name: "x") }`,
      data: { begin: true, one: "x", two: "x x" },
    },
    "variables and fragments work in mutations": {
      query: `mutation ($n: String!, $no: Boolean!) {
        begin ...F skipped: two(name: "s") @include(if: $no) __typename
      } fragment F on Mutation { two(name: $n) }`,
      variables: { n: "v", no: false },
      data: { begin: true, two: "v", __typename: "Mutation" },
    },
    "none is sent twice": {
      query: `mutation { begin two(name: "b") }`,
      data: { begin: true, two: "b" },
      fetches: { first: [0], second: [0] },
    },
  },
};
