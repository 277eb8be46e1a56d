// Enums, inputs, arguments and defaults that subgraphs define differently.
// https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/composition
import type { Feature } from "../feature.ts";
import { among, echo } from "../subgraph.ts";

const TASKS = [
  { id: "1", state: "OPEN", phase: "DRAFT" },
  { id: "2", state: "CLOSED", phase: "DRAFT" },
];

export const merging: Feature = {
  name: "merged enums, inputs and arguments",
  subgraphs: {
    tasks: {
      sdl: `
        type Query {
          tasks(where: Filter, order: Order): [Task!]!
          heard(where: Filter, order: Order, size: Int = 10): String!
          both(level: Level): Level
          shared(first: Int, text: String): String! @shareable
        }
        type Task @key(fields: "id") { id: ID!  state: State! }
        enum State { OPEN  CLOSED }
        enum Order { UP  DOWN  RANDOM }
        enum Level { LOW  HIGH }
        input Filter { text: String  limit: Int = 5  archived: Boolean  order: Order = UP }
      `,
      resolvers: {
        Query: {
          tasks: () => TASKS,
          heard: (_, args) => echo(args),
          both: (_, { level }) => level,
          shared: (_, args) => echo(args),
        },
        Task: { __resolveReference: among(TASKS, "id") },
      },
    },
    phases: {
      sdl: `
        type Query {
          overheard(where: Filter!, order: Order!): String!
          shared(first: Int!, page: Int): String! @shareable
          ended: [Task!]!
        }
        type Task @key(fields: "id") { id: ID!  last: State  next(level: Level!): Level }
        enum State { OPEN  ARCHIVED }
        enum Order { UP  DOWN  FIRST }
        enum Level { LOW  HIGH }
        input Filter { text: String!  limit: Int = 5  owner: ID  order: Order = UP }
      `,
      resolvers: {
        Query: {
          overheard: (_, args) => echo(args),
          shared: (_, args) => echo(args),
          ended: () => [{ id: "2" }],
        },
        Task: { last: () => "ARCHIVED", next: (_, { level }) => level },
      },
    },
  },
  cases: {
    "an output-only enum has the values of all subgraphs": {
      query: "{ tasks { state last } }",
      data: {
        tasks: [
          { state: "OPEN", last: "ARCHIVED" },
          { state: "CLOSED", last: "ARCHIVED" },
        ],
      },
    },
    "an input-only enum has the values that all subgraphs know": {
      query: `{ heard(order: DOWN) overheard(order: UP, where: { text: "a" }) }`,
      data: {
        heard: `{"order":"DOWN","size":10}`,
        overheard: `{"order":"UP","where":{"limit":5,"order":"UP","text":"a"}}`,
      },
    },
    "a value of an input-only enum that one subgraph does not know is refused": {
      query: `{ heard(order: RANDOM) }`,
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "also in a variable": {
      query: "query ($order: Order) { heard(order: $order) }",
      variables: { order: "RANDOM" },
      refused: ["BAD_USER_INPUT"],
    },
    "an enum for input and output is the same in all subgraphs": {
      query: "query ($level: Level!) { both(level: $level) ended { next(level: $level) } }",
      variables: { level: "HIGH" },
      data: { both: "HIGH", ended: [{ next: "HIGH" }] },
    },
    "an input has the fields that all subgraphs know": {
      query: `{ heard(where: { text: "a", archived: true }) }`,
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "an input field is required if one subgraph requires it": {
      query: "{ heard(where: { limit: 1 }) }",
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "also in a variable, for any subgraph": {
      query: "query ($where: Filter) { heard(where: $where) }",
      variables: { where: { limit: 1 } },
      refused: ["BAD_USER_INPUT"],
    },
    "defaults of inputs and arguments apply": {
      query: `query ($where: Filter) { heard(where: $where) twice: heard(where: { text: "b" }, size: 1) }`,
      variables: { where: { text: "a" } },
      data: {
        heard: `{"size":10,"where":{"limit":5,"order":"UP","text":"a"}}`,
        twice: `{"size":1,"where":{"limit":5,"order":"UP","text":"b"}}`,
      },
    },
    "an argument of a shared field that one subgraph does not know cannot be set": {
      query: `{ shared(first: 1, page: 2) }`,
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "an argument of a shared field is required if one subgraph requires it": {
      query: "{ shared }",
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "the remaining arguments of a shared field work": {
      query: "{ shared(first: 3) }",
      data: { shared: `{"first":3}` },
    },
  },
};
