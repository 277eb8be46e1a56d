// Objects from a subgraph that does not know their types, with type conditions, @skip and @include,
// and __typename in one selection.
// https://specs.apollo.dev/federation/v2.7#@interfaceObject
import type { Feature } from "../feature.ts";
import { among } from "../subgraph.ts";

const TYPES = { u1: "Admin", u2: "Admin", u3: "Regular" };
const ACCOUNTS = Object.entries(TYPES).map(([id, type]) => ({
  __typename: type,
  id,
  isActive: true,
}));
const NAMES: Readonly<Record<string, string>> = { u1: "Alice", u2: "Bob", u3: "Carol" };
const THREE = [{ id: "u1" }, { id: "u2" }, { id: "u3" }];
const admins = (one: object, two: object) => ({ accounts: [one, two, {}] });

export const accounts: Feature = {
  name: "types of interface objects",
  subgraphs: {
    owner: {
      sdl: `
        type Query { typed: [Account!]! }
        interface Account @key(fields: "id") { id: ID! }
        type Admin implements Account @key(fields: "id") { id: ID!  isActive: Boolean! @shareable }
        type Regular implements Account @key(fields: "id") { id: ID!  isActive: Boolean! @shareable }
      `,
      resolvers: {
        Query: { typed: () => ACCOUNTS },
        Account: { __resolveReference: among(ACCOUNTS, "id") },
        Admin: { __resolveReference: among(ACCOUNTS, "id") },
        Regular: { __resolveReference: among(ACCOUNTS, "id") },
      },
    },
    names: {
      sdl: `
        type Query { accounts: [Account] }
        type Account @key(fields: "id") @interfaceObject { id: ID!  name: String!  friend: Account! }
      `,
      resolvers: {
        Query: { accounts: () => THREE },
        Account: { name: ({ id }) => NAMES[String(id)], friend: () => ({ id: "u1" }) },
      },
    },
    activity: {
      sdl: `type Account @key(fields: "id") @interfaceObject { id: ID!  isActive: Boolean! @shareable }`,
      resolvers: { Account: { isActive: () => false } },
    },
  },
  cases: {
    "__typename may have an alias beside added fields": {
      query: "{ accounts { ... on Admin { T: __typename name } } }",
      data: admins({ T: "Admin", name: "Alice" }, { T: "Admin", name: "Bob" }),
    },
    "and beside a fragment too": {
      query: "{ accounts { TT: __typename ... on Admin { T: __typename name } } }",
      data: {
        accounts: [
          { TT: "Admin", T: "Admin", name: "Alice" },
          { TT: "Admin", T: "Admin", name: "Bob" },
          { TT: "Regular" },
        ],
      },
    },
    "and without an alias": {
      query: "{ accounts { __typename ... on Admin { __typename name } } }",
      data: {
        accounts: [
          { __typename: "Admin", name: "Alice" },
          { __typename: "Admin", name: "Bob" },
          { __typename: "Regular" },
        ],
      },
    },
    "it is the same if other subgraphs have the object too": {
      query: "{ typed { T: __typename name friend { __typename name ... on Admin { id name } } } }",
      data: {
        typed: ACCOUNTS.map(({ __typename, id }) => ({
          T: __typename,
          name: NAMES[id],
          friend: { __typename: "Admin", name: "Alice", id: "u1" },
        })),
      },
    },
    "a field that is selected twice, once under a condition, is returned": {
      query: `query ($z: Boolean!) {
        accounts { id ... on Admin { ... @include(if: $z) { isActive } isActive } }
      }`,
      variables: { z: true },
      data: {
        accounts: [{ id: "u1", isActive: true }, { id: "u2", isActive: true }, { id: "u3" }],
      },
    },
    "also if the condition does not hold": {
      query: `query ($z: Boolean!) {
        accounts { id ... on Admin { ... @include(if: $z) { isActive name } isActive } }
      }`,
      variables: { z: false },
      data: {
        accounts: [{ id: "u1", isActive: true }, { id: "u2", isActive: true }, { id: "u3" }],
      },
    },
  },
};
