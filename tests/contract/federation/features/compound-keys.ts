// Keys of several fields, of fields of objects, and of lists.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

/** Each part of a key occurs twice. */
const SEATS = [
  { row: "A", number: 1, view: "left", price: 10 },
  { row: "A", number: 2, view: "middle", price: 20 },
  { row: "B", number: 2, view: "right", price: 30 },
];
const PEOPLE = [
  { id: "1", office: { code: "LON", city: "London" }, name: "Ada", salary: 100 },
  { id: "1", office: { code: "NYC", city: "New York" }, name: "Grace", salary: 200 },
  { id: "2", office: { code: "NYC", city: "New York" }, name: "Linus", salary: 300 },
];
const CARTS = [
  {
    id: "c1",
    lines: [
      { sku: "x", amount: 2 },
      { sku: "y", amount: 3 },
    ],
  },
  { id: "c2", lines: [] },
];

const isSamePerson = (one: Row, other: Row) =>
  one.id === other.id && (one.office as Row).code === (other.office as Row).code;
const person = async (wanted: Row) => PEOPLE.find((each) => isSamePerson(each, wanted)) ?? null;

export const compoundKeys: Feature = {
  name: "compound and nested keys",
  subgraphs: {
    hall: {
      sdl: `
        type Query { seats: [Seat!]!  people: [Person!]!  carts: [Cart!]! }
        type Seat @key(fields: "row number") { row: String!  number: Int!  view: String! }
        type Person @key(fields: "id office { code }") { id: ID!  office: Office!  name: String! }
        type Office { code: String! @shareable  city: String! }
        type Cart @key(fields: "id lines { sku amount }") { id: ID!  lines: [Line!]! }
        type Line @shareable { sku: String!  amount: Int! }
      `,
      resolvers: {
        Query: { seats: () => SEATS, people: () => PEOPLE, carts: () => CARTS },
        Seat: { __resolveReference: among(SEATS, "row", "number") },
        Person: { __resolveReference: person },
      },
    },
    money: {
      sdl: `
        type Query { salaries: [Person!]! }
        type Seat @key(fields: "row number") { row: String!  number: Int!  price: Int! }
        type Person @key(fields: "id office { code }") { id: ID!  office: Office!  salary: Int! }
        type Office { code: String! @shareable }
        type Cart @key(fields: "id lines { sku amount }") { id: ID!  lines: [Line!]!  total: Int! }
        type Line @shareable { sku: String!  amount: Int! }
      `,
      resolvers: {
        Query: { salaries: () => PEOPLE.slice(1) },
        Seat: { __resolveReference: among(SEATS, "row", "number") },
        Person: { __resolveReference: person },
        Cart: {
          total: ({ lines }: Row) =>
            (lines as Row[]).reduce((sum, { amount }) => sum + Number(amount), 0),
        },
      },
    },
  },
  cases: {
    "all fields of a key together identify the entity": {
      query: "{ seats { price view } }",
      data: {
        seats: [
          { price: 10, view: "left" },
          { price: 20, view: "middle" },
          { price: 30, view: "right" },
        ],
      },
      fetches: { money: [3] },
    },
    "parts of a key are not in the answer unless they are selected": {
      query: "{ seats { number price } }",
      data: {
        seats: [
          { number: 1, price: 10 },
          { number: 2, price: 20 },
          { number: 2, price: 30 },
        ],
      },
    },
    "parts of a key may swap names by aliases": {
      query: "{ seats { row: number number: row price } }",
      data: {
        seats: [
          { row: 1, number: "A", price: 10 },
          { row: 2, number: "A", price: 20 },
          { row: 2, number: "B", price: 30 },
        ],
      },
    },
    "a field of an object in a key is part of it": {
      query: "{ people { name salary } }",
      data: {
        people: [
          { name: "Ada", salary: 100 },
          { name: "Grace", salary: 200 },
          { name: "Linus", salary: 300 },
        ],
      },
    },
    "of an object in a key, only the selected fields are in the answer": {
      query: "{ people { salary office { city } } }",
      data: {
        people: [
          { salary: 100, office: { city: "London" } },
          { salary: 200, office: { city: "New York" } },
          { salary: 300, office: { city: "New York" } },
        ],
      },
    },
    "an object in a key may have an alias, and its fields too": {
      query: "{ people { at: office { c: code code: city } salary } }",
      data: {
        people: [
          { at: { c: "LON", code: "London" }, salary: 100 },
          { at: { c: "NYC", code: "New York" }, salary: 200 },
          { at: { c: "NYC", code: "New York" }, salary: 300 },
        ],
      },
    },
    "an object in a key is completed by the subgraph that has more of it": {
      query: "{ salaries { office { code city } name } }",
      data: {
        salaries: [
          { office: { code: "NYC", city: "New York" }, name: "Grace" },
          { office: { code: "NYC", city: "New York" }, name: "Linus" },
        ],
      },
    },
    "a list may be part of a key, empty too": {
      query: "{ carts { total } }",
      data: { carts: [{ total: 5 }, { total: 0 }] },
    },
    "a client may select a list of a key with other fields": {
      query: "{ carts { total lines { count: amount } } }",
      data: {
        carts: [
          { total: 5, lines: [{ count: 2 }, { count: 3 }] },
          { total: 0, lines: [] },
        ],
      },
    },
  },
};
