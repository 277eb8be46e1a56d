// A small subgraph on a real socket, for tests of the router alone. It verifies the router as the
// real ones do, records its requests, and can be delayed, broken and stopped.
import type { Server } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
} from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { pino } from "pino";
import { WebSocketServer } from "ws";
import { createHttpServer } from "../../../kit/service/http-server.ts";
import { type RequestContext, requestContext } from "../../../kit/service/request.ts";
import { serveSubscriptions } from "../../../kit/service/sockets.ts";
import { traceIdOf } from "../../../kit/service/trace.ts";
import {
  IDENTITY_HEADER,
  type Identity,
  type VerifyIdentity,
} from "../../../kit/trust/identity.ts";

/** One GraphQL request that reached the subgraph over HTTP. */
export interface Arrival {
  readonly identity: Identity;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface TinySubgraphOptions {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, object>>;
  readonly verify: VerifyIdentity;
  readonly routes?: Readonly<Record<string, unknown>>;
  readonly port?: number;
  /** Serves subscriptions with graphql-ws, which sends events without windows. */
  readonly isPlain?: boolean;
}

export interface TinySubgraph {
  readonly name: string;
  readonly url: string;
  readonly arrivals: Arrival[];
  /** Sends this instead of the real answers, until it is null again. */
  breakWith(answer: Breakage | null): void;
  /** Delays the next `count` requests until the returned function is called. */
  hold(count: number): () => void;
  /** Cuts the connection of each of the next `count` requests instead of answering. */
  cut(count: number): void;
  stop(): Promise<void>;
}

type ResolverMap = Record<string, Record<string, GraphQLFieldResolver<unknown, RequestContext>>>;

interface Breakage {
  readonly status: number;
  readonly body: string;
}

const LOG = pino({ level: "silent" });
const HEADER = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.12"
      import: [
        "@key"
        "@external"
        "@requires"
        "@authenticated"
        "@requiresScopes"
        "@composeDirective"
      ]
    )
`;

/** The SDL that the subgraph serves, and that is composed. */
export function sdlOf(sdl: string): string {
  return `${HEADER}\n${sdl}`;
}

function servePlainly(server: Server, schema: GraphQLSchema) {
  const served = useServer({ schema }, new WebSocketServer({ server, path: "/graphql" }));
  return { stop: async () => served.dispose() };
}

/** Starts the subgraph on a free port, or on a given one. */
export async function startTinySubgraph(options: TinySubgraphOptions): Promise<TinySubgraph> {
  const { verify } = options;
  const resolvers = options.resolvers as ResolverMap;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdlOf(options.sdl)), resolvers }]);
  const arrivals: Arrival[] = [];
  let breakage: Breakage | null = null;
  let isStopped = false;
  let toHold = 0;
  let toCut = 0;
  let held = Promise.resolve();
  const createContext = (request: RequestContext) => request;
  const app = createHttpServer({ log: LOG, bodyBytesMax: 1024 * 1024 });
  for (const [path, answer] of Object.entries(options.routes ?? {})) {
    app.get(path, async (request) => {
      await verify(request.headers[IDENTITY_HEADER]);
      return answer;
    });
  }
  app.post("/graphql", async (request, reply): Promise<ExecutionResult | string> => {
    const identity = await verify(request.headers[IDENTITY_HEADER]);
    const { query, variables } = request.body as Pick<Arrival, "query" | "variables">;
    arrivals.push({ identity, headers: request.headers, query, variables });
    if (toHold-- > 0) await held;
    if (toCut-- > 0) request.raw.socket.destroy();
    if (breakage) return reply.code(breakage.status).send(breakage.body);
    const traceId = traceIdOf(request.headers.traceparent);
    return execute({
      schema,
      document: parse(query),
      variableValues: variables,
      contextValue: requestContext(identity, traceId, LOG, () => new Date()),
    });
  });
  const sockets = options.isPlain
    ? servePlainly(app.server, schema)
    : serveSubscriptions({
        name: "tested",
        server: app.server,
        schema,
        verify,
        log: LOG,
        createContext,
      });
  const url = await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  return {
    name: options.name,
    url,
    arrivals,
    breakWith: (answer) => {
      breakage = answer;
    },
    hold(count) {
      let release = () => {};
      toHold = count;
      held = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        toHold = 0;
        release();
      };
    },
    cut(count) {
      toCut = count;
    },
    async stop() {
      if (isStopped) return;
      isStopped = true;
      await sockets.stop();
      await app.close();
    },
  };
}
