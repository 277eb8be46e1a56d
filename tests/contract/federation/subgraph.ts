// A small subgraph on its own loopback port, made with `@apollo/subgraph`. It records its requests,
// and a test can break or stop it.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLFieldResolver, type GraphQLScalarType, graphql, parse } from "graphql";

/** An object of a feature's data, a reference, or arguments: no type describes them. */
export type Row = Readonly<Record<string, unknown>>;
type Resolver = (parent: Row, args: Row) => unknown;
type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>> | GraphQLScalarType>>;

export interface Subgraph {
  /** Without the link to the specification of federation, which is added. */
  readonly sdl: string;
  /** Written for federation 1, which has no link. */
  readonly isFirst?: true;
  /** A field without a resolver is the property of its name. A reference resolves to itself. */
  readonly resolvers?: Resolvers;
}

/** One request to a subgraph. */
export interface SentRequest {
  readonly query: string;
  readonly variables?: { readonly representations?: readonly Row[] } & Row;
}

/** A fixed answer to all requests. `away`: the port is closed. */
export type Breakage = { readonly status: number; readonly body: string } | "away";

export interface ServedSubgraph {
  readonly url: string;
  /** The requests since the last call. */
  takeRequests(): SentRequest[];
  /** Breaks it until `mend` is called. */
  breakWith(breakage: Breakage): Promise<void>;
  mend(): Promise<void>;
  stop(): Promise<void>;
}

const IMPORTED = [
  "@key",
  "@external",
  "@requires",
  "@provides",
  "@shareable",
  "@override",
  "@inaccessible",
  "@interfaceObject",
  "@authenticated",
  "@requiresScopes",
  "@policy",
  "@cost",
  "@listSize",
  "@cacheTag",
];
const HOST = "127.0.0.1";

/** The SDL that the subgraph serves, and that is composed. */
export function sdlOf({ sdl, isFirst }: Subgraph): string {
  if (isFirst) return sdl;
  const imports = IMPORTED.map((name) => `"${name}"`).join(", ");
  const link = `@link(url: "https://specs.apollo.dev/federation/v2.12", import: [${imports}])`;
  return `extend schema ${link}\n${sdl}`;
}

/** The row with the same keys as a reference or arguments. Null if there is none. */
export function among(rows: readonly Row[], ...keys: readonly string[]) {
  return async (wanted: Row) =>
    rows.find((row) => keys.every((key) => row[key] === wanted[key])) ?? null;
}

/** Arguments or a reference as text, with sorted keys. */
export function echo(row: Row): string {
  return JSON.stringify(row, (_, value: unknown) => {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Serves a subgraph on a free port. */
export async function serveSubgraph(subgraph: Subgraph): Promise<ServedSubgraph> {
  const resolvers = (subgraph.resolvers ?? {}) as ResolversOfLibrary;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdlOf(subgraph)), resolvers }]);
  let requests: SentRequest[] = [];
  let broken: Exclude<Breakage, "away"> | null = null;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { query, variables }: SentRequest = JSON.parse(await text(request));
    requests.push({ query, ...(variables && { variables }) });
    const answered = () => graphql({ schema, source: query, variableValues: variables });
    const { status, body } = broken ?? { status: 200, body: JSON.stringify(await answered()) };
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => response.destroy(error));
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, HOST, () => resolve()));
  const leave = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${port}/graphql`,
    takeRequests: () => requests.splice(0),
    async breakWith(breakage) {
      if (breakage === "away") await leave();
      else broken = breakage;
    },
    async mend() {
      broken = null;
      requests = [];
      if (!server.listening) await listen(port);
    },
    stop: leave,
  };
}

type ResolversOfLibrary = Record<string, Record<string, GraphQLFieldResolver<unknown, unknown>>>;
