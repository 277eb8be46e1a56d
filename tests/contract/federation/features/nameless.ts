// An interface of which no subgraph knows a type: one has it as an interface, the other as an
// interface object that nobody can ask for.
import { type Feature, unforeseen } from "../feature.ts";

export const nameless: Feature = {
  name: "an interface without types",
  subgraphs: {
    nodes: {
      sdl: `
        type Query { node: Node  box: Box }
        type Box { size: Int!  node: Node }
        interface Node @key(fields: "id") { id: ID! }
      `,
      resolvers: { Query: { node: () => ({ id: "n1" }), box: () => ({ size: 3, node: {} }) } },
    },
    fields: {
      sdl: `
        type Query { known: Node }
        type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID!  field: String }
      `,
      resolvers: { Query: { known: () => ({ id: "n1", field: "F" }) } },
    },
  },
  cases: {
    "what a subgraph has of it needs no type": {
      query: "{ known { id field } }",
      data: { known: { id: "n1", field: "F" } },
      isTypeless: true,
    },
    "where nobody leads to a field, an error says so": {
      query: "{ node { field } }",
      data: null,
      errors: [unforeseen()],
      isTypeless: true,
    },
    "and where others are asked for beside it": {
      query: "{ box { size node { id other: field } } }",
      data: null,
      errors: [unforeseen()],
      isTypeless: true,
    },
    "and where its type is": {
      query: "{ node { __typename id field } }",
      data: null,
      errors: [unforeseen()],
    },
    "what is left out by a condition needs no way": {
      query: "query ($no: Boolean!) { box { size node @include(if: $no) { field } } }",
      variables: { no: false },
      data: { box: { size: 3 } },
    },
    "a type that nobody can tell is an error, as far as null may be": {
      query: "{ box { size node { id } } }",
      data: { box: { size: 3, node: null } },
      errors: [unforeseen("box", "node")],
    },
    "where the planner finds no way to the type, an error says so": {
      query: "{ known { __typename id } }",
      data: null,
      errors: [unforeseen()],
    },
  },
};
