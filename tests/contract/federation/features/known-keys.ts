// Keys that a subgraph has and does not resolve (`resolvable: false`): no fetch uses them.
// https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives#key
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const k = { one: "1", two: "2", three: "3" };
const THINGS = ["t1", "t2"].map((id) => ({ id, k, name: `Name of ${id}` }));

/** Resolves references by the id only. */
const byId = async (wanted: Row) => ("id" in wanted ? among(THINGS, "id")(wanted) : null);

export const knownKeys: Feature = {
  name: "keys that cannot be resolved",
  subgraphs: {
    names: {
      sdl: `
        type T @key(fields: "id") @key(fields: "k { one two }", resolvable: false) {
          id: ID!  k: K!  name: String!
        }
        type K @shareable { one: ID!  two: ID!  three: ID! }
      `,
      resolvers: { T: { __resolveReference: byId } },
    },
    lists: {
      sdl: `
        type Query { list: [T]  strict: [T!]! }
        type T
          @key(fields: "k { one two }", resolvable: false)
          @key(fields: "id k { two three }") {
          id: ID!  k: K!
          name: String! @external
          nameInB: String! @requires(fields: "name")
        }
        type K @shareable { one: ID!  two: ID!  three: ID! }
      `,
      resolvers: {
        Query: { list: () => THINGS, strict: () => THINGS },
        T: {
          __resolveReference: async (wanted: Row) => {
            const own = await byId(wanted);
            return own && { ...own, name: wanted.name };
          },
          nameInB: ({ name }: Row) => `${name} in B`,
        },
      },
    },
  },
  cases: {
    "a field with a requirement is fetched by the resolvable key": {
      query: "{ list { id name nameInB } }",
      data: {
        list: THINGS.map(({ id, name }) => ({ id, name, nameInB: `${name} in B` })),
      },
      fetches: { lists: [0, 2], names: [2] },
    },
    "also if no field may be null": {
      query: "{ strict { nameInB } }",
      data: { strict: THINGS.map(({ name }) => ({ nameInB: `${name} in B` })) },
    },
  },
};
