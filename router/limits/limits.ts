// The table of all limits, with their units and defaults. The setting `LIMITS` changes them.
// The measuring is elsewhere, for example in policy/measure.ts.
import type { GraphQLError } from "graphql";
import { z } from "zod";
import { PAGE_MAX } from "#kit/data/pagination";
import { fail } from "#kit/errors";
import { NESTING_MAX } from "#kit/input/nesting";
import { json } from "#kit/service/config";

const TABLE = {
  bodyBytes: { most: 100 * 1024, of: "bytes of an HTTP body" },
  requestMs: { most: 10_000, of: "ms for an HTTP request to arrive, headers and body" },
  tokens: { most: 2_000, of: "tokens of a document" },
  nesting: { most: NESTING_MAX, of: "levels of brackets, or of variables, inside each other" },
  validationErrors: { most: 5, of: "reported errors of one operation" },
  selections: { most: 500, of: "selections, those of a fragment at each of its spreads" },
  depth: { most: 12, of: "levels of fields" },
  introspectionDepth: { most: 20, of: "levels of fields of introspection" },
  listDepth: { most: 3, of: "lists inside each other" },
  aliases: { most: 30, of: "aliases" },
  rootFields: { most: 20, of: "root fields" },
  credentialMutations: { most: 1, of: "mutations that try a credential" },
  directives: { most: 20, of: "directives" },
  pageItems: { most: PAGE_MAX, of: "items of a page" },
  cost: { most: 2_000, of: "estimated cost" },
  queryMs: { most: 15_000, of: "ms for a query, or for an event of a subscription" },
  mutationMs: { most: 30_000, of: "ms for a mutation" },
  socketOperations: { most: 50, of: "operations of a socket at once" },
  viewerSubscriptions: { most: 500, of: "subscriptions of a person at once, over all sockets" },
  frameBytes: { most: 64 * 1024, of: "bytes of a WebSocket frame from a client" },
  rateMs: { most: 50, of: "ms for Redis to count an operation" },
  bufferedBytes: {
    most: 256 * 1024,
    of: "bytes that wait for a client to read; more may not join",
  },
  greetingMs: { most: 5_000, of: "ms until a socket is greeted" },
  silenceMs: { most: 12_000, of: "ms for a client to answer a ping; the next is sent then" },
} as const;

export type LimitName = keyof typeof TABLE;

/** The maximum of each. */
export type Limits = Readonly<Record<LimitName, number>>;

export const LIMIT_NAMES = Object.keys(TABLE) as readonly LimitName[];

export const DEFAULT_LIMITS = valuesOf((name) => TABLE[name].most);

/** The limits that protect the router itself; `--open` keeps them. */
const OF_TIME_AND_MEMORY: readonly LimitName[] = [
  "nesting",
  "requestMs",
  "queryMs",
  "mutationMs",
  "rateMs",
  "bufferedBytes",
  "greetingMs",
  "silenceMs",
];
const UNBOUNDED = 2 ** 31 - 1;

/** The limits with `--open`: operations may have any size. */
export const OPEN_LIMITS: Limits = valuesOf((name) =>
  OF_TIME_AND_MEMORY.includes(name) ? TABLE[name].most : UNBOUNDED,
);

/** The setting, for example `{"depth": 15}`. Other limits keep their defaults. */
export const limitsSetting = json(
  z.strictObject(valuesOf(() => z.int().min(1).max(UNBOUNDED).optional())),
).transform((given): Limits => valuesOf((name) => given[name] ?? DEFAULT_LIMITS[name]));

/** `OPERATION_TOO_COMPLEX`, with the limit, the received amount and the maximum. */
export function tooComplex(limit: LimitName, received: number, most: number): GraphQLError {
  const message =
    `The operation has ${received} ${TABLE[limit].of}, at most ${most} are allowed: ` +
    "ask for less at once.";
  return fail("OPERATION_TOO_COMPLEX", message, { limit, received, most });
}

/** The limit that this error is about, if any. */
export function limitOf({ extensions, message }: GraphQLError): LimitName | null {
  const named = LIMIT_NAMES.find((name) => name === extensions.limit);
  if (named) return named;
  // graphql-js gives these two errors no code.
  if (/Document contains more tha[nt] \d+ tokens/.test(message)) return "tokens";
  return /^Too many validation errors/.test(message) ? "validationErrors" : null;
}

function valuesOf<Value>(make: (name: LimitName) => Value): Record<LimitName, Value> {
  const entries = LIMIT_NAMES.map((name) => [name, make(name)] as const);
  return Object.fromEntries(entries) as Record<LimitName, Value>;
}
