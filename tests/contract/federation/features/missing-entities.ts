// References without an entity: the key is null, or the entity is missing. A nullable field of such
// an entity is null without an error. A non-null field is an error.
import { type Feature, unforeseen } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const AUTHORS = [
  { id: "a1", name: "Ada", motto: "Compute!", shelf: { books: [{ id: "b1" }] } },
  { id: "a3", name: "Linus", motto: null, shelf: { books: [] } },
];
const BOOKS = [
  { id: "b1", title: "One", author: { id: "a1" }, owner: { id: "a1", kind: "person" } },
  { id: "b2", title: "Two", author: { id: "gone" }, owner: { id: null, kind: "nobody" } },
  { id: "b3", title: "Three", author: { id: "a3" }, owner: { id: "gone", kind: "lost" } },
];
const [one, two, three] = BOOKS;

export const missingEntities: Feature = {
  name: "null keys and missing entities",
  subgraphs: {
    books: {
      sdl: `
        type Query {
          books: [Book]!
          strict: [Book!]
          stricter: [Book!]!
          book(id: ID!): Book
          box: Box
        }
        type Book @key(fields: "id") { id: ID!  title: String!  author: Author!  owner: Owner }
        type Box { best: Book!  all: [[Book]!] }
        type Author @key(fields: "id") { id: ID! }
        type Owner @key(fields: "id") { id: ID  kind: String! }
      `,
      resolvers: {
        Query: {
          books: () => BOOKS,
          strict: () => BOOKS,
          stricter: () => BOOKS,
          book: (_, args) => among(BOOKS, "id")(args),
          box: () => ({ best: two, all: [[one, two], [two], [three, null]] }),
        },
        Book: { __resolveReference: among(BOOKS, "id") },
      },
    },
    authors: {
      sdl: `
        type Author @key(fields: "id") { id: ID!  name: String!  motto: String  shelf: Shelf! }
        type Shelf { books: [Book!]! }
        type Book @key(fields: "id", resolvable: false) { id: ID! }
        type Owner @key(fields: "id") { id: ID  since: Int  trust: Int! }
      `,
      resolvers: {
        Author: { __resolveReference: among(AUTHORS, "id") },
        Owner: {
          __resolveReference: async ({ id }: Row) =>
            id === "a1" ? { id, since: 1815, trust: 9 } : null,
        },
      },
    },
  },
  cases: {
    "a nullable field of a missing entity is null": {
      query: "{ books { title author { motto } } }",
      data: {
        books: [
          { title: "One", author: { motto: "Compute!" } },
          { title: "Two", author: { motto: null } },
          { title: "Three", author: { motto: null } },
        ],
      },
    },
    "the fields of its reference are returned": {
      query: `{ book(id: "b2") { author { id motto __typename } } }`,
      data: { book: { author: { id: "gone", motto: null, __typename: "Author" } } },
    },
    "a non-null field makes its object null, up to the nearest nullable field": {
      query: "{ books { title author { name } } }",
      data: {
        books: [
          { title: "One", author: { name: "Ada" } },
          null,
          { title: "Three", author: { name: "Linus" } },
        ],
      },
      errors: [unforeseen("books", 1, "author")],
    },
    "and its list, if items are non-null": {
      query: `{ strict { author { name } } book(id: "b1") { title } }`,
      data: { strict: null, book: { title: "One" } },
      errors: [unforeseen("strict", 1, "author")],
    },
    "and the enclosing objects": {
      query: `{ box { best { author { name } } } book(id: "b2") { author { shelf { books { title } } } } }`,
      data: { box: null, book: null },
      errors: [unforeseen("book", "author"), unforeseen("box", "best", "author")],
    },
    "in lists of lists, only its item": {
      query: "{ box { all { id author { name } } } }",
      data: {
        box: {
          all: [
            [{ id: "b1", author: { name: "Ada" } }, null],
            [null],
            [{ id: "b3", author: { name: "Linus" } }, null],
          ],
        },
      },
      errors: [unforeseen("box", "all", 0, 1, "author"), unforeseen("box", "all", 1, 0, "author")],
    },
    "if data becomes null, there is an error": {
      query: "{ stricter { author { name } } }",
      data: null,
      errors: [unforeseen("stricter", 1, "author")],
    },
    "a null key finds no entity": {
      query: "{ books { owner { kind since } } }",
      data: {
        books: [
          { owner: { kind: "person", since: 1815 } },
          { owner: { kind: "nobody", since: null } },
          { owner: { kind: "lost", since: null } },
        ],
      },
    },
    "a nullable object is null without an error for a missing non-null field": {
      query: "{ books { id owner { id trust } } }",
      data: {
        books: [
          { id: "b1", owner: { id: "a1", trust: 9 } },
          { id: "b2", owner: null },
          { id: "b3", owner: null },
        ],
      },
    },
  },
};
