// The two subgraphs behind the router under test: authors, and their books.
import { GraphQLError } from "graphql";
import { fail } from "../../../kit/errors.ts";
import type { RequestContext } from "../../../kit/service/request.ts";
import type { ManualSource } from "./manual-source.ts";
import type { TinySubgraphOptions } from "./subgraph.ts";

type Part = Pick<TinySubgraphOptions, "name" | "sdl" | "resolvers">;

const AUTHORS = /* GraphQL */ `
  extend schema
    @link(url: "https://specs.meetinity.dev/identity/v0.3", import: ["@sessionToken"])
    @link(url: "https://specs.meetinity.dev/limits/v0.1", import: ["@credential"])
    @composeDirective(name: "@sessionToken")
    @composeDirective(name: "@credential")
  directive @credential(isFreeIfAccepted: Boolean! = false) on FIELD_DEFINITION
  directive @sessionToken(
    name: String! = "session"
    lifeSeconds: Int
  ) on FIELD_DEFINITION | INPUT_FIELD_DEFINITION
  type Query {
    author(id: ID!): Author
    whoAmI: String
    archive: String @authenticated
    vault: String! @authenticated
  }
  type Mutation {
    rename(input: RenameInput!): Author
    borrow(input: BorrowInput!): Loan @credential
    retire(id: ID!): Author @requiresScopes(scopes: [["authors:write"]])
    banish(id: ID!): Author! @requiresScopes(scopes: [["authors:write"]])
  }
  input RenameInput {
    id: ID!
    name: String!
    password: String
    since: DateTime
    tags: [String!]
  }
  input BorrowInput {
    token: String! @sessionToken
    card: String @sessionToken(name: "device")
  }
  type Loan {
    got: [String]!
    token: String! @sessionToken(lifeSeconds: 60)
    card: String @sessionToken(name: "device", lifeSeconds: 34560000)
  }
  scalar DateTime
  type Author @key(fields: "id") {
    id: ID!
    name: String!
    motto: String
    address: String @authenticated
    phone: String! @requiresScopes(scopes: [["phones:read"]])
  }
`;

export const authors: Part = {
  name: "authors",
  sdl: AUTHORS,
  resolvers: {
    Query: {
      author: (_parent: unknown, { id }: { id: string }) => ({ id }),
      whoAmI: (_parent: unknown, _args: unknown, { identity }: RequestContext) =>
        identity.kind === "viewer" ? identity.viewer.id : identity.kind,
      archive: () => "the archive",
      vault: () => "the vault",
    },
    Mutation: {
      rename: (_parent: unknown, { input }: { input: { id: string } }) => ({ id: input.id }),
      // `got` has the tokens of the input, null where it has none.
      borrow: (_parent: unknown, { input }: { input: { token: string; card?: string } }) => ({
        got: [input.token, input.card ?? null],
        token: `${input.token}+`,
        card: input.card === "lost" ? null : (input.card ?? "card"),
      }),
      retire: (_parent: unknown, { id }: { id: string }) => ({ id }),
      banish: (_parent: unknown, { id }: { id: string }) => ({ id }),
    },
    Author: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => (id === "nameless" ? null : `Author ${id}`),
      motto: ({ id }: { id: string }) => {
        if (id === "secretive") throw fail("FORBIDDEN", "Not yours to read.");
        if (id === "broken") throw new Error("password of the database: hunter2");
        return `Motto of ${id}`;
      },
      address: ({ id }: { id: string }) => `Address of ${id}`,
      phone: ({ id }: { id: string }) => `Phone of ${id}`,
    },
  },
};

const BOOKS = /* GraphQL */ `
  type Query {
    book(id: ID!): Book
    books: [Book!]!
    refused: String
    odd: String
  }
  type Book @key(fields: "id") {
    id: ID!
    title: String!
    author: Author!
    coauthor: Author
  }
  type Author @key(fields: "id") {
    id: ID!
    address: String @external
    label: String @requires(fields: "address") @authenticated
  }
  interface ShelfEvent {
    seq: Int!
    prevSeq: Int!
    place: String
  }
  type BookAdded implements ShelfEvent {
    seq: Int!
    prevSeq: Int!
    place: String
    book: Book!
    note: String
  }
  type BookLost implements ShelfEvent {
    seq: Int!
    prevSeq: Int!
    place: String @authenticated
    reader: Author!
  }
  type Subscription {
    shelf(name: String!, after: Int): ShelfEvent!
    books: Book
    staffShelf(name: String!): ShelfEvent @authenticated
  }
`;

const book = (id: string) => ({ id });

export function books(shelf: (name: string) => ManualSource): Part {
  const events = {
    subscribe: (_parent: unknown, { name, after }: { name: string; after?: number }) => {
      if (name === "closed") throw fail("FORBIDDEN", "This shelf is closed.", { name });
      if ((after ?? 0) > 99) throw fail("RESYNC_REQUIRED", "The shelf ends before.", { head: 99 });
      return shelf(name).listen();
    },
    resolve: (event: unknown) => event,
  };
  return {
    name: "books",
    sdl: BOOKS,
    resolvers: {
      Query: {
        book: (_parent: unknown, { id }: { id: string }) => book(id),
        books: () => ["b1", "b2", "b3"].map(book),
        refused: () => {
          throw fail("CONFLICT", "Somebody was faster.", { retryAfterMs: 100 });
        },
        odd: () => {
          throw new GraphQLError("a stack, a plan", { extensions: { code: "SOME_NEW_CODE" } });
        },
      },
      Book: {
        __resolveReference: ({ id }: { id: string }) => book(id),
        title: ({ id }: { id: string }) => `Book ${id}`,
        author: ({ id, authorId }: { id: string; authorId?: string }) => ({
          id: authorId ?? `a-${id}`,
        }),
        coauthor: () => null,
      },
      Author: {
        __resolveReference: (author: object) => author,
        label: ({ address }: { address?: string }) => `To: ${address}`,
      },
      ShelfEvent: {
        __resolveType: (event: object) => ("book" in event ? "BookAdded" : "BookLost"),
      },
      BookLost: { place: () => "nowhere" },
      BookAdded: {
        place: () => "the first shelf",
        note: ({ note }: { note?: string }) => {
          if (note === "broken") throw fail("NOT_FOUND", "There is no such note.");
          return note ?? null;
        },
      },
      Subscription: {
        shelf: events,
        staffShelf: events,
        books: { ...events, subscribe: () => shelf("all").listen() },
      },
    },
  };
}

/** The event of an added book by this author. */
export function added(seq: number, authorId = `a${seq}`, note?: string) {
  return {
    seq,
    prevSeq: seq - 1,
    book: { id: `b${seq}`, authorId },
    ...(note !== undefined && { note }),
  };
}

export function lost(seq: number, readerId: string) {
  return { seq, prevSeq: seq - 1, reader: { id: readerId } };
}
