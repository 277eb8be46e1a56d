// An interface whose types no subgraph knows: one subgraph has the interface, another has an
// interface object that no fetch can reach.
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
    "a subgraph's own fields of it need no type": {
      query: "{ known { id field } }",
      data: { known: { id: "n1", field: "F" } },
      isTypeless: true,
    },
    "a field that no subgraph can reach is null with an error": {
      query: "{ node { field } }",
      data: null,
      errors: [unforeseen()],
      isTypeless: true,
    },
    "also beside other fields": {
      query: "{ box { size node { id other: field } } }",
      data: null,
      errors: [unforeseen()],
      isTypeless: true,
    },
    "also beside __typename": {
      query: "{ node { __typename id field } }",
      data: null,
      errors: [unforeseen()],
    },
    "a field omitted by a condition needs no path": {
      query: "query ($no: Boolean!) { box { size node @include(if: $no) { field } } }",
      variables: { no: false },
      data: { box: { size: 3 } },
    },
    "an unknown type is an error, up to the nearest nullable field": {
      query: "{ box { size node { id } } }",
      data: { box: { size: 3, node: null } },
      errors: [unforeseen("box", "node")],
    },
    "if the planner finds no path to the type, there is an error": {
      query: "{ known { __typename id } }",
      data: null,
      errors: [unforeseen()],
    },
  },
};
