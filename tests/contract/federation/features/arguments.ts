// Arguments as literals and variables, and the values that subgraphs receive.
// https://spec.graphql.org/October2021/#sec-Coercing-Field-Arguments
import type { Feature } from "../feature.ts";
import { echo, type Row } from "../subgraph.ts";

const echoed = (_: unknown, args: Row) => echo(args);
const ECHO = `echo(
  int: Int  float: Float  text: String  flag: Boolean  id: ID  kind: Kind  list: [Int]
  matrix: [[Int!]!]  where: Where  wheres: [Where!]  usual: Int = 7  usualWhere: Where = { name: "w" }
): String!`;
const INPUTS = `
  enum Kind { ROUND  SQUARE }
  input Where { name: String  kind: Kind = ROUND  tags: [String!]  inner: Where  least: Int }
`;
/** The text of these arguments and of the defaults of all others. */
const received = (given: Row) =>
  echo({ usual: 7, usualWhere: { name: "w", kind: "ROUND" }, ...given });

export const args: Feature = {
  name: "arguments",
  subgraphs: {
    roots: {
      sdl: `
        type Query { ${ECHO}  item: Item! }
        type Item @key(fields: "id") { id: ID! }
        ${INPUTS}
      `,
      resolvers: { Query: { echo: echoed, item: () => ({ id: "1" }) } },
    },
    items: {
      sdl: `type Item @key(fields: "id") { id: ID!  ${ECHO} } ${INPUTS}`,
      resolvers: { Item: { echo: echoed } },
    },
  },
  cases: {
    "literals of every kind arrive": {
      query: `{ echo(
        int: -7  float: 1.5e3  text: "a"  flag: true  id: 12  kind: SQUARE  list: [1, null, 2]
        matrix: [[1], [2, 3], []]  where: { name: "n", inner: { tags: ["x", "y"] } }
      ) }`,
      data: {
        echo: received({
          flag: true,
          float: 1500,
          id: "12",
          int: -7,
          kind: "SQUARE",
          list: [1, null, 2],
          matrix: [[1], [2, 3], []],
          text: "a",
          where: { inner: { kind: "ROUND", tags: ["x", "y"] }, kind: "ROUND", name: "n" },
        }),
      },
    },
    "strings arrive unchanged": {
      query: String.raw`{
        quoted: echo(text: "\"q\" \\ \n \u00e9 😀 { $x }")
        block: echo(text: """
          a
            "b" \"""
        """)
      }`,
      data: {
        quoted: received({ text: '"q" \\ \n é 😀 { $x }' }),
        block: received({ text: 'a\n  "b" """' }),
      },
    },
    "variables of every kind arrive": {
      query: `query (
        $int: Int $float: Float $text: String $flag: Boolean $id: ID $kind: Kind $list: [Int]
        $matrix: [[Int!]!] $where: Where $wheres: [Where!]
      ) { echo(
        int: $int float: $float text: $text flag: $flag id: $id kind: $kind list: $list
        matrix: $matrix where: $where wheres: $wheres
      ) }`,
      variables: {
        int: 3,
        float: 2,
        text: "😀\u0000\u2028",
        flag: false,
        id: "x",
        kind: "ROUND",
        list: [null, 1],
        matrix: [[], [1]],
        where: { least: null },
        wheres: [{ name: "a" }, { kind: "SQUARE" }],
      },
      data: {
        echo: received({
          flag: false,
          float: 2,
          id: "x",
          int: 3,
          kind: "ROUND",
          list: [null, 1],
          matrix: [[], [1]],
          text: "😀\u0000\u2028",
          where: { kind: "ROUND", least: null },
          wheres: [{ kind: "ROUND", name: "a" }, { kind: "SQUARE" }],
        }),
      },
    },
    "they reach entities too": {
      query: `query ($int: Int, $where: Where) { item {
        echo(int: $int, where: $where, kind: SQUARE)
      } }`,
      variables: { int: 5, where: { tags: ["t"] } },
      data: {
        item: {
          echo: received({ int: 5, kind: "SQUARE", where: { kind: "ROUND", tags: ["t"] } }),
        },
      },
    },
    "variables may be inside literals": {
      query: `query ($name: String, $one: Int, $tag: String!) { item {
        echo(list: [$one, 2], where: { name: $name, inner: { tags: [$tag] } })
      } }`,
      variables: { name: "n", one: 1, tag: "t" },
      data: {
        item: {
          echo: received({
            list: [1, 2],
            where: { inner: { kind: "ROUND", tags: ["t"] }, kind: "ROUND", name: "n" },
          }),
        },
      },
    },
    "null arrives as null, and a missing argument does not arrive": {
      query: `query ($null: Int, $nothing: Int) {
        literal: echo(int: null, usual: null)
        variable: echo(int: $null, usual: $null)
        absent: echo(int: $nothing, usual: $nothing)
      }`,
      variables: { null: null },
      data: {
        literal: received({ int: null, usual: null }),
        variable: received({ int: null, usual: null }),
        absent: received({}),
      },
    },
    "a missing variable omits its input field, and is null in a list": {
      query: `query ($nothing: Int, $kind: Kind) { item {
        echo(where: { least: $nothing, kind: $kind, name: "n" }, list: [1, $nothing])
      } }`,
      data: {
        item: { echo: received({ list: [1, null], where: { kind: "ROUND", name: "n" } }) },
      },
    },
    "defaults of variables apply to missing ones, and not to null": {
      query: `query ($a: Int = 1, $b: Int = 2, $c: Int = 3) { item {
        a: echo(int: $a) b: echo(int: $b) c: echo(int: $c)
      } }`,
      variables: { b: null, c: 4 },
      data: {
        item: {
          a: received({ int: 1 }),
          b: received({ int: null }),
          c: received({ int: 4 }),
        },
      },
    },
    "a single value becomes a list of one": {
      query: `query ($list: [Int], $wheres: [Where!]) {
        echo(list: $list, matrix: 3, wheres: $wheres)
        item { echo(list: 9) }
      }`,
      variables: { list: 1, wheres: { name: "a" } },
      data: {
        echo: received({ list: [1], matrix: [[3]], wheres: [{ kind: "ROUND", name: "a" }] }),
        item: { echo: received({ list: [9] }) },
      },
    },
    "one variable may go to several subgraphs, and each gets only those that it needs": {
      query: `query ($int: Int, $text: String) { echo(int: $int) item { echo(int: $int, text: $text) } }`,
      variables: { int: 1, text: "t", other: "not declared" },
      data: {
        echo: received({ int: 1 }),
        item: { echo: received({ int: 1, text: "t" }) },
      },
    },
    "a client's variable may have a name that the router uses in its fetches": {
      query: `query ($representations: Int, $constructor: Int) { item {
        echo(int: $representations, usual: $constructor)
      } }`,
      variables: { representations: 5, constructor: 6 },
      data: {
        item: { echo: received({ int: 5, usual: 6 }) },
      },
    },
    "an invalid argument is refused before any fetch": {
      query: "query ($int: Int!, $where: Where) { echo(int: $int, where: $where) }",
      variables: { int: "1", where: { nome: "n" } },
      refused: ["BAD_USER_INPUT"],
      fetches: { roots: [], items: [] },
    },
  },
};
