// Fields that need fields of other entities, of members of a union, and of objects in lists.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const POSTS = [
  {
    id: "1",
    author: { id: "a1" },
    holder: { __typename: "Person", name: "Ada" },
    comments: [
      { text: "c1", author: { id: "a2" } },
      { text: "c2", author: { id: "a1" } },
    ],
  },
  {
    id: "2",
    author: { id: "a2" },
    holder: { __typename: "Firm", title: "Acme", country: "DE" },
    comments: [],
  },
  { id: "3", author: { id: "a1" }, holder: null, comments: [] },
];
const YEARS: Row = { a1: 1, a2: 20 };

export const requiresObjects: Feature = {
  name: "@requires of entities, unions and lists",
  subgraphs: {
    posts: {
      sdl: `
        type Query { posts: [Post!]!  post(id: ID!): Post }
        type Post @key(fields: "id") {
          id: ID!  author: Author!  holder: Holder  comments: [Comment!]!
          byExpert: Boolean! @requires(fields: "byNovice")
          byNovice: Boolean! @external
        }
        type Comment { text: String!  author: Author! }
        type Author @key(fields: "id") { id: ID! }
        union Holder = Person | Firm
        type Person { name: String! }
        type Firm { title: String!  country: String! }
      `,
      resolvers: {
        Query: { posts: () => POSTS, post: (_, args) => among(POSTS, "id")(args) },
        Post: {
          __resolveReference: async (wanted) => ({
            ...wanted,
            ...(await among(POSTS, "id")(wanted)),
          }),
          byExpert: ({ byNovice }: Row) => byNovice === false,
        },
      },
    },
    people: {
      sdl: `type Author @key(fields: "id") { id: ID!  years: Int! }`,
      resolvers: { Author: { years: ({ id }: Row) => YEARS[String(id)] } },
    },
    judges: {
      sdl: `
        type Post @key(fields: "id") {
          id: ID!
          author: Author! @external
          holder: Holder @external
          comments: [Comment!]! @external
          byNovice: Boolean! @requires(fields: "author { years }")
          label: String! @requires(fields: "holder { ... on Person { name } ... on Firm { title } }")
          sum: Int! @requires(fields: "comments { author { years } }")
        }
        type Comment { author: Author! @external }
        type Author @key(fields: "id") { id: ID!  years: Int! @external }
        union Holder = Person | Firm
        type Person { name: String! @external }
        type Firm { title: String! @external }
      `,
      resolvers: {
        Post: {
          byNovice: ({ author }: Row) => Number((author as Row).years) < 10,
          label: ({ holder }: Row) => {
            const { name, title } = (holder ?? {}) as Row;
            return `of ${name ?? title ?? "nobody"}`;
          },
          sum: ({ comments }: Row) =>
            (comments as { author: Row }[]).reduce(
              (sum, { author }) => sum + Number(author.years),
              0,
            ),
        },
      },
    },
  },
  cases: {
    "a field may require a field of another entity of a third subgraph": {
      query: "{ posts { byNovice } }",
      data: { posts: [{ byNovice: true }, { byNovice: false }, { byNovice: true }] },
    },
    "the client may select that entity in another way": {
      query: `{ post(id: "2") { author { years: id } byNovice } }`,
      data: { post: { author: { years: "a2" }, byNovice: false } },
    },
    "requirements may go to another subgraph and back": {
      query: "{ posts { id byExpert } }",
      data: {
        posts: [
          { id: "1", byExpert: false },
          { id: "2", byExpert: true },
          { id: "3", byExpert: false },
        ],
      },
    },
    "a field may require fields of the members of a union": {
      query: "{ posts { label } }",
      data: { posts: [{ label: "of Ada" }, { label: "of Acme" }, { label: "of nobody" }] },
    },
    "the client may select those members in another way": {
      query: "{ posts { holder { ... on Firm { country } ... on Person { title: name } } label } }",
      data: {
        posts: [
          { holder: { title: "Ada" }, label: "of Ada" },
          { holder: { country: "DE" }, label: "of Acme" },
          { holder: null, label: "of nobody" },
        ],
      },
    },
    "a field may require fields of entities in a list of objects": {
      query: "{ posts { sum comments { text } } }",
      data: {
        posts: [
          { sum: 21, comments: [{ text: "c1" }, { text: "c2" }] },
          { sum: 0, comments: [] },
          { sum: 0, comments: [] },
        ],
      },
    },
  },
};
