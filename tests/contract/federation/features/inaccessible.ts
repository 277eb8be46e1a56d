// Elements that subgraphs use and clients cannot see. https://specs.apollo.dev/inaccessible/v0.2
import { type Feature, unforeseen } from "../feature.ts";
import { among, type Row } from "../subgraph.ts";

const USERS = [
  { id: "1", number: "n1", name: "Ada", mood: "HAPPY", role: "MEMBER" },
  { id: "2", number: "n2", name: "Bot", mood: "SECRET", role: "MEMBER" },
];
const BADGES: Row = { n1: "gold", n2: "none" };

export const inaccessible: Feature = {
  name: "@inaccessible",
  subgraphs: {
    users: {
      sdl: `
        type Query {
          users: [User]!
          strict: [User!]
          greet(in: Language = EN, tone: Tone = WARM @inaccessible): String!
          things: [Thing]!
          named: [Named]!
        }
        type User implements Named @key(fields: "id") @key(fields: "number") {
          id: ID!
          number: String! @inaccessible
          name: String!
          mood: Mood
          surelyMood: Mood!
        }
        enum Mood { HAPPY  SECRET @inaccessible }
        enum Language { EN  KLINGON @inaccessible }
        enum Tone @inaccessible { WARM  COLD }
        union Thing = User | Machine
        interface Named { name: String! }
        type Machine implements Named @inaccessible { name: String! }
      `,
      resolvers: {
        Query: {
          users: () => USERS,
          strict: () => USERS,
          greet: (_, args) => `in ${args.in}, ${args.tone}`,
          things: () => [
            { __typename: "User", ...USERS[0] },
            { __typename: "Machine", name: "M" },
          ],
          named: () => [
            { __typename: "Machine", name: "M" },
            { __typename: "User", ...USERS[0] },
          ],
        },
        User: { __resolveReference: among(USERS, "id"), surelyMood: ({ mood }: Row) => mood },
      },
    },
    badges: {
      sdl: `type User @key(fields: "number") { number: String! @inaccessible  badge: String! }`,
      resolvers: { User: { badge: ({ number }: Row) => BADGES[String(number)] } },
    },
  },
  cases: {
    "a hidden key works": {
      query: "{ users { name badge } }",
      data: {
        users: [
          { name: "Ada", badge: "gold" },
          { name: "Bot", badge: "none" },
        ],
      },
    },
    "a hidden field cannot be selected": {
      query: "{ users { number } }",
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "a hidden type cannot be named": {
      query: "{ things { ... on Machine { name } } }",
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "a hidden argument cannot be set": {
      query: "{ greet(tone: COLD) }",
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "a hidden argument has its default": {
      query: "{ greet }",
      data: { greet: "in EN, WARM" },
    },
    "a hidden value cannot be passed": {
      query: "{ greet(in: KLINGON) }",
      refused: ["GRAPHQL_VALIDATION_FAILED"],
    },
    "nor by a variable": {
      query: "query ($in: Language) { greet(in: $in) }",
      variables: { in: "KLINGON" },
      refused: ["BAD_USER_INPUT"],
    },
    "a hidden value in an answer is null, with an error": {
      query: "{ users { name mood } }",
      data: {
        users: [
          { name: "Ada", mood: "HAPPY" },
          { name: "Bot", mood: null },
        ],
      },
      errors: [unforeseen("users", 1, "mood")],
    },
    "in a non-null field, its object is null": {
      query: "{ users { name state: surelyMood } }",
      data: { users: [{ name: "Ada", state: "HAPPY" }, null] },
      errors: [unforeseen("users", 1, "state")],
    },
    "and the list, if its items are non-null": {
      query: "{ strict { surelyMood } users { id } }",
      data: { strict: null, users: [{ id: "1" }, { id: "2" }] },
      errors: [unforeseen("strict", 1, "surelyMood")],
    },
    "an object of a hidden type in a union is null, with an error": {
      query: "{ things { __typename } }",
      data: { things: [{ __typename: "User" }, null] },
      errors: [unforeseen("things", 1)],
    },
    "an object of a hidden type behind an interface is null, with an error": {
      query: "{ named { name } }",
      data: { named: [null, { name: "Ada" }] },
      errors: [unforeseen("named", 0)],
    },
    "hidden elements are not in the schema that clients see": {
      query: `{
        mood: __type(name: "Mood") { enumValues { name } }
        machine: __type(name: "Machine") { name }
        tone: __type(name: "Tone") { name }
        thing: __type(name: "Thing") { possibleTypes { name } }
      }`,
      data: {
        mood: { enumValues: [{ name: "HAPPY" }] },
        machine: null,
        tone: null,
        thing: { possibleTypes: [{ name: "User" }] },
      },
    },
  },
};
