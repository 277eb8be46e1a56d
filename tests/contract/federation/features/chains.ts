// Paths through lists of four subgraphs, and the number of requests that they need.
import type { Feature } from "../feature.ts";
import type { Row } from "../subgraph.ts";

const range = (size: number) => Array.from({ length: size }, (_, at) => at);
/** Each shop sells three products. Two neighboring shops have one of them in common. */
const productsOf = (shop: number) => range(3).map((at) => ({ id: `p${2 * shop + at}` }));
const numberOf = ({ id }: Row) => Number(String(id).slice(1));

export const chains: Feature = {
  name: "long paths",
  subgraphs: {
    shops: {
      sdl: `
        type Query { shops: [Shop!]!  shop: Shop! }
        type Shop @key(fields: "id") { id: ID! }
        type Country @key(fields: "id") { id: ID!  shops: [Shop!]! }
      `,
      resolvers: {
        Query: {
          shops: () => range(4).map((at) => ({ id: `s${at}` })),
          shop: () => ({ id: "s0" }),
        },
        Country: { shops: (country) => [{ id: `s${numberOf(country)}` }] },
      },
    },
    products: {
      sdl: `
        type Shop @key(fields: "id") { id: ID!  products: [Product!]! }
        type Product @key(fields: "id") { id: ID!  name: String! }
      `,
      resolvers: {
        Shop: { products: (shop) => productsOf(numberOf(shop)) },
        Product: { name: ({ id }: Row) => `name of ${id}` },
      },
    },
    makers: {
      sdl: `
        type Product @key(fields: "id") { id: ID!  maker: Maker!  grade: Int! }
        type Maker @key(fields: "id") { id: ID! }
      `,
      resolvers: {
        Product: {
          maker: (product) => ({ id: `m${numberOf(product) % 2}` }),
          grade: (product) => numberOf(product),
        },
      },
    },
    countries: {
      sdl: `
        type Maker @key(fields: "id") { id: ID!  country: Country! }
        type Country @key(fields: "id") { id: ID!  code: String! }
        type Product @key(fields: "id") {
          id: ID!
          name: String! @external
          grade: Int! @external
          title: String! @requires(fields: "name grade")
        }
      `,
      resolvers: {
        Maker: { country: (maker) => ({ id: `c${numberOf(maker)}` }) },
        Country: { code: ({ id }: Row) => `code of ${id}` },
        Product: { title: ({ name, grade }: Row) => `${name}, ${grade}` },
      },
    },
  },
  cases: {
    "a path goes through four subgraphs": {
      query: "{ shop { products { name maker { country { code } } } } }",
      data: {
        shop: {
          products: [
            { name: "name of p0", maker: { country: { code: "code of c0" } } },
            { name: "name of p1", maker: { country: { code: "code of c1" } } },
            { name: "name of p2", maker: { country: { code: "code of c0" } } },
          ],
        },
      },
    },
    "and in a circle": {
      query: `{ shop { products { maker { country { shops { id products { id maker { id } } } } } } } }`,
      data: {
        shop: {
          products: [0, 1, 0].map((shop) => ({
            maker: {
              country: {
                shops: [
                  {
                    id: `s${shop}`,
                    products: productsOf(shop).map(({ id }) => ({
                      id,
                      maker: { id: `m${numberOf({ id }) % 2}` },
                    })),
                  },
                ],
              },
            },
          })),
        },
      },
    },
    "each step of a path is one request, for any number of entities": {
      query: "{ shops { products { maker { country { code } } } } }",
      data: {
        shops: range(4).map(() => ({
          products: [0, 1, 0].map((at) => ({ maker: { country: { code: `code of c${at}` } } })),
        })),
      },
      // Nine products, since three are sold in two shops, and two makers.
      fetches: { shops: [0], products: [4], makers: [9], countries: [2] },
    },
    "two subgraphs whose fields a third requires get one request each": {
      query: "{ shop { products { title } } }",
      data: {
        shop: {
          products: [0, 1, 2].map((at) => ({ title: `name of p${at}, ${at}` })),
        },
      },
      fetches: { shops: [0], products: [1], makers: [3], countries: [3] },
    },
    "the same path may have two aliases": {
      query: `{ a: shop { products { n: grade } } b: shop { products { maker { id } } } }`,
      data: {
        a: { products: [{ n: 0 }, { n: 1 }, { n: 2 }] },
        b: { products: [0, 1, 0].map((at) => ({ maker: { id: `m${at}` } })) },
      },
    },
  },
};
