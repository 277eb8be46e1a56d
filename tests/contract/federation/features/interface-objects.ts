// Interfaces with a key, and subgraphs that add fields to all their objects without knowing the
// types.
// https://specs.apollo.dev/federation/v2.7#@interfaceObject
import { fail } from "../../../../kit/errors.ts";
import { type Feature, failed } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const MEDIA = [
  { __typename: "Book", id: "b1", title: "SQL", pages: 300 },
  { __typename: "Film", id: "f1", title: "Alien", minutes: 117 },
];
const SCORES: Row = { b1: 9, f1: 7, lost: 1, broken: 2 };
const LISTS: Row = { good: ["f1", "b1"], bad: ["b1", "lost", "f1"], worse: ["b1", "broken", "f1"] };

async function mediumOf(wanted: Row) {
  if (wanted.id === "broken") throw fail("CONFLICT", "The medium is being moved.");
  return among(MEDIA, "id")(wanted);
}

export const interfaceObjects: Feature = {
  name: "@interfaceObject",
  subgraphs: {
    library: {
      sdl: `
        type Query { media: [Media!]! }
        interface Media @key(fields: "id") { id: ID!  title: String! }
        type Book implements Media @key(fields: "id") { id: ID!  title: String!  pages: Int! }
        type Film implements Media @key(fields: "id") { id: ID!  title: String!  minutes: Int! }
      `,
      resolvers: {
        Query: { media: () => MEDIA },
        Media: { __resolveReference: mediumOf },
        Book: { __resolveReference: mediumOf },
        Film: { __resolveReference: mediumOf },
      },
    },
    scores: {
      sdl: `
        type Query { best(of: String!): [Media]! }
        type Media @key(fields: "id") @interfaceObject {
          id: ID!
          title: String! @external
          score: Int!
          label: String! @requires(fields: "title")
          next: Media
        }
      `,
      resolvers: {
        Query: { best: (_, { of }) => (LISTS[String(of)] as string[]).map((id) => ({ id })) },
        Media: {
          score: ({ id }: Row) => SCORES[String(id)],
          label: ({ title }: Row) => `*${title}*`,
          next: () => ({ id: "f1" }),
        },
      },
    },
  },
  cases: {
    "every object of the interface has the added field": {
      query: "{ media { title score } }",
      data: {
        media: [
          { title: "SQL", score: 9 },
          { title: "Alien", score: 7 },
        ],
      },
    },
    "it can be selected of one type of the interface": {
      query: "{ media { ... on Film { score minutes } ... on Book { pages } } }",
      data: { media: [{ pages: 300 }, { score: 7, minutes: 117 }] },
    },
    "the own fields of the adding subgraph need no other subgraph": {
      query: `{ best(of: "good") { id score } }`,
      data: {
        best: [
          { id: "f1", score: 7 },
          { id: "b1", score: 9 },
        ],
      },
      fetches: { scores: [0], library: [] },
    },
    "the subgraph that knows the types resolves __typename": {
      query: `{ best(of: "good") { __typename score } }`,
      data: {
        best: [
          { __typename: "Film", score: 7 },
          { __typename: "Book", score: 9 },
        ],
      },
      fetches: { scores: [0], library: [2] },
    },
    "fields of the interface come from the subgraph that has them": {
      query: `{ best(of: "good") { title } }`,
      data: { best: [{ title: "Alien" }, { title: "SQL" }] },
    },
    "fragments on types apply to objects of a subgraph that does not know the types": {
      query: `{ best(of: "good") { ... on Book { pages score } ... on Film { minutes } } }`,
      data: { best: [{ minutes: 117 }, { pages: 300, score: 9 }] },
    },
    "a fragment on one type with only added fields is for that type only": {
      query: `{ best(of: "good") { ... on Book { score } } }`,
      data: { best: [{}, { score: 9 }] },
    },
    "an added field may require a field of the interface": {
      query: `{ media { label } best(of: "good") { label } }`,
      data: {
        media: [{ label: "*SQL*" }, { label: "*Alien*" }],
        best: [{ label: "*Alien*" }, { label: "*SQL*" }],
      },
    },
    "an object may lead to another of which only the key is known": {
      query: "{ media { id next { __typename title ... on Film { minutes } } } }",
      data: {
        media: [
          { id: "b1", next: { __typename: "Film", title: "Alien", minutes: 117 } },
          { id: "f1", next: { __typename: "Film", title: "Alien", minutes: 117 } },
        ],
      },
    },
    "an object without a known type is missing": {
      query: `{ best(of: "bad") { __typename id } }`,
      data: { best: [{ __typename: "Book", id: "b1" }, null, { __typename: "Film", id: "f1" }] },
    },
    "it is returned if its type is not selected": {
      query: `{ best(of: "bad") { id score } }`,
      data: {
        best: [
          { id: "b1", score: 9 },
          { id: "lost", score: 1 },
          { id: "f1", score: 7 },
        ],
      },
      isTypeless: true,
    },
    "an error of resolving the type is an error of that object": {
      query: `{ best(of: "worse") { __typename score } }`,
      data: { best: [{ __typename: "Book", score: 9 }, null, { __typename: "Film", score: 7 }] },
      errors: [failed("CONFLICT", "The medium is being moved.", ["best", 1])],
    },
  },
};
