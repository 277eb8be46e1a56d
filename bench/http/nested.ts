// The large work, as in the known benchmark of gateways: people with reviews, their products with
// reviews, and the reviewers with reviews again, from four subgraphs with a part of each.
import { LINK, PUBLIC, partsOf, type Work } from "./work.ts";

const USERS = 6;
const TOP_PRODUCTS = 5;

const QUERY = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate id weight }
  fragment Reviewed on Product {
    ...Product
    reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
  }
  query Shop($of: ID!) {
    users(of: $of) { ...User reviews { ...Review product { ...Reviewed } } }
    topProducts(of: $of) { ...Reviewed }
  }`;

const ACCOUNTS = `${LINK}
  type Query { users(of: ID!): [User] @listSize(assumedSize: ${USERS}) ${PUBLIC} }
  type User @key(fields: "id") @authenticated { id: ID! name: String username: String @shareable }`;

const INVENTORY = `${LINK}
  type Product @key(fields: "id") ${PUBLIC} {
    id: ID!
    weight: Int @external
    price: Int @external
    inStock: Boolean
    shippingEstimate: Int @requires(fields: "price weight")
  }`;

const PRODUCTS = `${LINK}
  type Query { topProducts(of: ID!): [Product] @listSize(assumedSize: ${TOP_PRODUCTS}) ${PUBLIC} }
  type Product @key(fields: "id") ${PUBLIC} { id: ID! name: String price: Int weight: Int }`;

const REVIEWS = `${LINK}
  type Review @key(fields: "id") @authenticated {
    id: ID!
    body: String
    author: User @provides(fields: "username")
    product: Product
  }
  type User @key(fields: "id") @authenticated {
    id: ID!
    username: String @external
    reviews: [Review] @listSize(assumedSize: 2)
  }
  type Product @key(fields: "id") ${PUBLIC} {
    id: ID!
    reviews: [Review] @listSize(assumedSize: 4)
  }`;

const NAMES = ["Table", "Couch", "Glass", "Chair", "Screen"];
const PRICES = [899, 1299, 15, 499, 1299];
const WEIGHTS = [100, 1000, 20, 100, 1000];

/** The product and the length of each review. */
const REVIEW_LIST = [
  { product: 0, length: 445 },
  { product: 0, length: 288 },
  { product: 0, length: 273 },
  { product: 0, length: 144 },
  { product: 1, length: 445 },
  { product: 1, length: 288 },
  { product: 1, length: 273 },
  { product: 1, length: 144 },
  { product: 2, length: 144 },
  { product: 3, length: 144 },
  { product: 3, length: 800 },
];

const SENTENCE = "It came on time, holds what it promises and looks better every evening. ";

interface Weighed {
  readonly id: string;
  readonly price: number;
  readonly weight: number;
}

/** The key in an id, and the number behind the letter that follows it. */
function numbered(id: string): readonly [key: string, at: number] {
  const [key, rest] = partsOf(id);
  return [key, Number(rest.slice(1))];
}

function userOf(id: string) {
  const [, at] = numbered(id);
  return { id, name: `Person Number ${at}`, username: `person${at}` };
}

function productOf(id: string) {
  const [, at] = numbered(id);
  return { id, name: NAMES[at], price: PRICES[at], weight: WEIGHTS[at] };
}

function reviewOf(key: string, at: number) {
  const { product, length } = REVIEW_LIST[at] ?? { product: 0, length: 0 };
  return {
    id: `${key}-r${at}`,
    body: SENTENCE.repeat(12).slice(0, length),
    author: { id: `${key}-u0`, username: "person0", reviews: () => reviewsBy(`${key}-u0`) },
    product: { id: `${key}-p${product}`, reviews: () => reviewsOf(`${key}-p${product}`) },
  };
}

/** All people have written the same two reviews. */
function reviewsBy(user: string): object[] {
  const [key] = numbered(user);
  return [0, 1].map((at) => reviewOf(key, at));
}

function reviewsOf(product: string): object[] {
  const [key, number] = numbered(product);
  return REVIEW_LIST.flatMap((review, at) =>
    review.product === number ? [reviewOf(key, at)] : [],
  );
}

function shippingOf({ price, weight }: Weighed): number {
  return price > 1000 ? 0 : weight / 2;
}

function all<Item>(count: number, make: (at: number) => Item): Item[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

export const NESTED: Work = {
  name: "nested",
  query: QUERY,
  subgraphs: [
    {
      name: "accounts",
      sdl: ACCOUNTS,
      resolvers: {
        Query: { users: (_source, { of }) => all(USERS, (at) => userOf(`${of}-u${at}`)) },
        User: { __resolveReference: ({ id }) => userOf(id) },
      },
    },
    {
      name: "inventory",
      sdl: INVENTORY,
      resolvers: {
        Product: {
          inStock: ({ id }) => numbered(id)[1] % 2 === 0,
          shippingEstimate: (product) => shippingOf(product as Weighed),
        },
      },
    },
    {
      name: "products",
      sdl: PRODUCTS,
      resolvers: {
        Query: {
          topProducts: (_source, { of }) => all(TOP_PRODUCTS, (at) => productOf(`${of}-p${at}`)),
        },
        Product: { __resolveReference: ({ id }) => productOf(id) },
      },
    },
    {
      name: "reviews",
      sdl: REVIEWS,
      resolvers: {
        Review: { __resolveReference: ({ id }) => reviewOf(...numbered(id)) },
        User: { reviews: ({ id }) => reviewsBy(id) },
        Product: { reviews: ({ id }) => reviewsOf(id) },
      },
    },
  ],
};
