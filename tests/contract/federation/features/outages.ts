// Subgraphs that do not answer, or whose answer is not GraphQL: only their fields are missing.
import { answering, type Feature, failed, unavailable } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const ITEMS = [
  { id: "1", name: "A" },
  { id: "2", name: "B" },
];
const garbage = (body: unknown, status = 200): Feature["cases"][string] => ({
  query: "{ item: one { name price } }",
  broken: { prices: answering(body, status) },
  data: { item: { name: "A", price: null } },
  errors: [unavailable("item")],
});

export const outages: Feature = {
  name: "outages",
  subgraphs: {
    items: {
      sdl: `
        type Query { items: [Item]!  one: Item  count: Int }
        type Item @key(fields: "id") { id: ID!  name: String! }
      `,
      resolvers: {
        Query: { items: () => ITEMS, one: () => ITEMS[0], count: () => 2 },
        Item: { __resolveReference: among(ITEMS, "id") },
      },
    },
    prices: {
      sdl: `
        type Query { cheapest: Item  average: Int  must: Int! }
        type Mutation { reprice: Int }
        type Item @key(fields: "id") { id: ID!  price: Int  tax: Int!  code: String }
      `,
      resolvers: {
        Query: { cheapest: () => ({ id: "2" }), average: () => 5, must: () => 1 },
        Mutation: { reprice: () => 1 },
        Item: {
          price: ({ id }: Row) => Number(id) * 10,
          tax: () => 1,
          code: ({ id }: Row) => `c${id}`,
        },
      },
    },
    labels: {
      sdl: `
        type Mutation { relabel: Int }
        type Item @key(fields: "id") {
          id: ID!  code: String @external  label: String @requires(fields: "code")
        }`,
      resolvers: {
        Mutation: { relabel: () => 1 },
        Item: { label: ({ code }: Row) => `label ${code}` },
      },
    },
  },
  cases: {
    "root fields of a dead subgraph are null, each with an error, and the others are answered": {
      query: "{ count mean: average cheapest { name } one { name } }",
      broken: { prices: "away" },
      data: { count: 2, mean: null, cheapest: null, one: { name: "A" } },
      errors: [unavailable("mean"), unavailable("cheapest")],
    },
    "entities miss the fields of a dead subgraph, each with an error": {
      query: "{ all: items { name price } }",
      broken: { prices: "away" },
      data: {
        all: [
          { name: "A", price: null },
          { name: "B", price: null },
        ],
      },
      errors: [unavailable("all", 0), unavailable("all", 1)],
    },
    "and are null if those are non-null": {
      query: "{ items { name tax } }",
      broken: { prices: "away" },
      data: { items: [null, null] },
      errors: [unavailable("items", 0), unavailable("items", 1)],
    },
    "a non-null root field makes data null": {
      query: "{ count must }",
      broken: { prices: "away" },
      data: null,
      errors: [unavailable("must")],
    },
    "the subgraph of entities may be dead if another one began": {
      query: "{ average cheapest { price name } }",
      broken: { items: "away" },
      data: { average: 5, cheapest: null },
      errors: [unavailable("cheapest")],
    },
    "a mutation's fields of a dead subgraph are null, and the next one runs": {
      query: "mutation { reprice relabel }",
      broken: { prices: "away" },
      data: { reprice: null, relabel: 1 },
      errors: [unavailable("reprice")],
      fetches: { labels: [0] },
    },
    "if all are dead, each field has an error": {
      query: "{ count average }",
      broken: { items: "away", prices: "away" },
      data: { count: null, average: null },
      errors: [unavailable("count"), unavailable("average")],
    },
    "a page instead of an answer is an outage": garbage("<h1>Bad gateway</h1>", 502),
    "an empty answer is an outage": garbage(""),
    "a list instead of an answer is an outage": garbage([1]),
    "an answer without data and errors is an outage": garbage({ ok: true }),
    "data that are no object are no answer": garbage({ data: "yes" }),
    "errors that are no list are no answer": garbage({ errors: "no" }),
    "an answer is read at any HTTP status": {
      query: "{ average }",
      broken: {
        prices: answering(
          { errors: [{ message: "Wait.", path: ["average"], extensions: { code: "CONFLICT" } }] },
          500,
        ),
      },
      data: { average: null },
      errors: [failed("CONFLICT", "Wait.", ["average"])],
    },
    "a subgraph that recovers is fetched again": {
      query: "{ items { name price label } average }",
      data: {
        items: [
          { name: "A", price: 10, label: "label c1" },
          { name: "B", price: 20, label: "label c2" },
        ],
        average: 5,
      },
    },
  },
};
