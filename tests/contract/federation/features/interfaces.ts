// Interfaces of entities with fields in several subgraphs, and fragments on them.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const MEDIA = [
  { __typename: "Book", id: "b1", title: "SQL", pages: 300, author: { id: "a1" } },
  { __typename: "Film", id: "f1", title: "Alien", minutes: 117, cut: "director's" },
  { __typename: "Book", id: "b2", title: "GraphQL", pages: 200, author: { id: "a2" } },
];
const STARS: Row = { b1: 5, f1: 4, b2: null };
const NAMES: Row = { a1: "Ada", a2: "Grace" };
const starsOf = ({ id }: Row) => STARS[String(id)];

export const interfaces: Feature = {
  name: "interfaces",
  subgraphs: {
    library: {
      sdl: `
        type Query { media: [Media!]!  medium(id: ID!): Media  latest: Titled }
        interface Titled { title: String! }
        interface Media implements Titled { id: ID!  title: String! }
        type Book implements Media & Titled @key(fields: "id") {
          id: ID!  title: String!  pages: Int!  author: Author!
        }
        type Film implements Media & Titled @key(fields: "id") {
          id: ID!  title: String!  minutes: Int!  cut: String
        }
        type Author @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Query: {
          media: () => MEDIA,
          medium: (_, args) => among(MEDIA, "id")(args),
          latest: () => MEDIA[1],
        },
        Book: { __resolveReference: among(MEDIA, "id") },
        Film: { __resolveReference: among(MEDIA, "id") },
      },
    },
    ratings: {
      sdl: `
        type Query { best: [Media!]! }
        interface Media { id: ID!  stars: Int }
        type Book implements Media @key(fields: "id") { id: ID!  stars: Int  format(of: String): String! }
        type Film implements Media @key(fields: "id") { id: ID!  stars: Int  format: Int! }
        type Author @key(fields: "id") { id: ID!  name: String!  works: [Media!]! }
      `,
      resolvers: {
        Query: { best: () => MEDIA.slice(0, 2).map(({ __typename, id }) => ({ __typename, id })) },
        Book: { stars: starsOf, format: (_, { of }) => `paper of ${of}` },
        Film: { stars: starsOf, format: () => 35 },
        Author: {
          name: ({ id }: Row) => NAMES[String(id)],
          works: () => MEDIA.map(({ __typename, id }) => ({ __typename, id })),
        },
      },
    },
  },
  cases: {
    "fields of an interface come from the objects": {
      query: "{ media { title id } }",
      data: {
        media: [
          { title: "SQL", id: "b1" },
          { title: "Alien", id: "f1" },
          { title: "GraphQL", id: "b2" },
        ],
      },
    },
    "a field of an interface may come from another subgraph": {
      query: "{ media { title stars } }",
      data: {
        media: [
          { title: "SQL", stars: 5 },
          { title: "Alien", stars: 4 },
          { title: "GraphQL", stars: null },
        ],
      },
    },
    "in both directions": {
      query: "{ best { stars title __typename } }",
      data: {
        best: [
          { stars: 5, title: "SQL", __typename: "Book" },
          { stars: 4, title: "Alien", __typename: "Film" },
        ],
      },
    },
    "a fragment is for its type only": {
      query: "{ media { id ... on Book { pages } ... on Film { minutes } } }",
      data: {
        media: [
          { id: "b1", pages: 300 },
          { id: "f1", minutes: 117 },
          { id: "b2", pages: 200 },
        ],
      },
    },
    "an object without a matching fragment is empty": {
      query: "{ media { ... on Film { cut } } }",
      data: { media: [{}, { cut: "director's" }, {}] },
    },
    "fragments may be nested": {
      query: `{ media {
        ... on Titled { title ... on Media { stars ... on Book { pages ... on Media { id } } } }
      } }`,
      data: {
        media: [
          { title: "SQL", stars: 5, pages: 300, id: "b1" },
          { title: "Alien", stars: 4 },
          { title: "GraphQL", stars: null, pages: 200, id: "b2" },
        ],
      },
    },
    "one alias may be another field in each type": {
      query: "{ media { ... on Book { size: pages } ... on Film { size: minutes } } }",
      data: { media: [{ size: 300 }, { size: 117 }, { size: 200 }] },
    },
    "a fragment may be on another interface than the field's": {
      query: "{ latest { title ... on Media { id stars } __typename } }",
      data: { latest: { title: "Alien", id: "f1", stars: 4, __typename: "Film" } },
    },
    "__typename is returned at each place where it is selected, with its alias": {
      query: "{ media { __typename ... on Film { kind: __typename } } }",
      data: {
        media: [
          { __typename: "Book" },
          { __typename: "Film", kind: "Film" },
          { __typename: "Book" },
        ],
      },
      fetches: { library: [0], ratings: [] },
    },
    "objects below one type of an interface lead to other subgraphs and back": {
      query: `{ medium(id: "b1") { ... on Book { author { name works { title stars } } } } }`,
      data: {
        medium: {
          author: {
            name: "Ada",
            works: [
              { title: "SQL", stars: 5 },
              { title: "Alien", stars: 4 },
              { title: "GraphQL", stars: null },
            ],
          },
        },
      },
    },
    "a field may have another type and other arguments in each type": {
      query: `{ media { ... on Book { book: format(of: "A") } ... on Film { film: format } } }`,
      data: { media: [{ book: "paper of A" }, { film: 35 }, { book: "paper of A" }] },
    },
    "a null object of an interface is null": {
      query: `{ medium(id: "x") { title stars } }`,
      data: { medium: null },
      fetches: { ratings: [] },
    },
  },
};
