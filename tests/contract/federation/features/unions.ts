// Unions of entities and of plain objects, and members that only some subgraphs know.
import type { Feature } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const FOUND = [
  { __typename: "Person", id: "1", name: "Ada" },
  { __typename: "Place", id: "1", city: "London" },
  { __typename: "Note", text: "Hello" },
  { __typename: "Person", id: "2", name: "Grace" },
];
const TEAMS: Row = { 1: "red", 2: "blue" };

export const unions: Feature = {
  name: "unions",
  subgraphs: {
    search: {
      sdl: `
        type Query { found: [Found!]!  pinned: Pinned }
        union Found = Person | Place | Note
        type Person @key(fields: "id") { id: ID!  name: String! }
        type Place @key(fields: "id") { id: ID!  city: String! }
        type Note { text: String! }
        type Pinned @key(fields: "id") { id: ID!  by: Found! }
      `,
      resolvers: {
        Query: { found: () => FOUND, pinned: () => ({ id: "x", by: FOUND[0] }) },
        Person: { __resolveReference: among(FOUND.slice(0, 1).concat(FOUND.slice(3)), "id") },
        Place: { __resolveReference: among(FOUND.slice(1, 2), "id") },
      },
    },
    teams: {
      sdl: `
        type Query { owners: [Owner!]! }
        union Owner = Person | Team | Place
        type Person @key(fields: "id") { id: ID!  team: String!  rank(in: String!): String! }
        type Place @key(fields: "id") { id: ID!  team: String }
        type Team { name: String! }
        union Content = Link | Person
        type Link { href: String! @shareable }
        type Pinned @key(fields: "id") { id: ID!  content: Content! @shareable }
      `,
      resolvers: {
        Query: {
          owners: () => [
            { __typename: "Team", name: "green" },
            { __typename: "Person", id: "2" },
            { __typename: "Place", id: "1" },
          ],
        },
        Person: {
          team: ({ id }: Row) => TEAMS[String(id)],
          rank: ({ id }: Row, args: Row) => `${id} in ${args.in}`,
        },
        Place: { team: () => null },
        Pinned: { content: () => ({ __typename: "Person", id: "2" }) },
      },
    },
    links: {
      sdl: `
        union Content = Link | Video
        type Link { href: String! @shareable }
        type Video { seconds: Int! }
        type Person @key(fields: "id") { id: ID!  likes: [Content!]! }
      `,
      resolvers: {
        Person: {
          likes: ({ id }: Row) => [
            { __typename: "Link", href: `/${id}` },
            { __typename: "Video", seconds: 60 },
          ],
        },
      },
    },
  },
  cases: {
    "members have their types, in the order of the list": {
      query:
        "{ found { ... on Note { text } ... on Person { name } ... on Place { city } __typename } }",
      data: {
        found: [
          { name: "Ada", __typename: "Person" },
          { city: "London", __typename: "Place" },
          { text: "Hello", __typename: "Note" },
          { name: "Grace", __typename: "Person" },
        ],
      },
    },
    "members of different types with equal keys are different entities": {
      query: "{ found { ... on Person { team } ... on Place { none: team } } }",
      data: { found: [{ team: "red" }, { none: null }, {}, { team: "blue" }] },
    },
    "a member that is no entity causes no fetch": {
      query: "{ found { ... on Note { text } } }",
      data: { found: [{}, {}, { text: "Hello" }, {}] },
      fetches: { search: [0], teams: [], links: [] },
    },
    "a union of another subgraph has members that this one does not know": {
      query: `{ owners {
        __typename ... on Team { name } ... on Person { title: name team } ... on Place { city }
      } }`,
      data: {
        owners: [
          { __typename: "Team", name: "green" },
          { __typename: "Person", title: "Grace", team: "blue" },
          { __typename: "Place", city: "London" },
        ],
      },
    },
    "a member may be selected although its subgraph never returns one": {
      query:
        "{ pinned { content { __typename ... on Video { seconds } ... on Person { name } } } }",
      data: { pinned: { content: { __typename: "Person", name: "Grace" } } },
    },
    "members that only one subgraph knows come from that one": {
      query: `{ found { ... on Person { likes {
        ... on Link { href } ... on Video { seconds } ... on Person { name }
      } } } }`,
      data: {
        found: [
          { likes: [{ href: "/1" }, { seconds: 60 }] },
          {},
          {},
          { likes: [{ href: "/2" }, { seconds: 60 }] },
        ],
      },
    },
    "a member leads to other subgraphs, through objects between": {
      query: `query ($in: String!) { pinned { by { ... on Person { rank(in: $in) likes { __typename } } } } }`,
      variables: { in: "chess" },
      data: {
        pinned: {
          by: { rank: "1 in chess", likes: [{ __typename: "Link" }, { __typename: "Video" }] },
        },
      },
    },
    "a fragment on the union itself is for all members": {
      query:
        "{ found { ... on Found { __typename ... on Person { id } } ... { kind: __typename } } }",
      data: {
        found: [
          { __typename: "Person", id: "1", kind: "Person" },
          { __typename: "Place", kind: "Place" },
          { __typename: "Note", kind: "Note" },
          { __typename: "Person", id: "2", kind: "Person" },
        ],
      },
    },
  },
};
