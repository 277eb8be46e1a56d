// The stack's graph with its own router and an events subgraph without batching, as a negative
// control.
import DataLoader from "dataloader";
import { pino } from "pino";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { FOLDED } from "../../../kit/data/refolding.ts";
import type { Live } from "../../../kit/live/live.ts";
import { readConfig } from "../../../kit/service/config.ts";
import type { RequestContext } from "../../../kit/service/request.ts";
import { startSubgraph, subgraphShape } from "../../../kit/service/subgraph.ts";
import { readRouterConfig } from "../../../router/config.ts";
import { startRouter } from "../../../router/server.ts";
import { policies } from "../../../subgraphs/events/access.ts";
import { type Context, contextMaker } from "../../../subgraphs/events/context.ts";
import { resolvers as checkIns } from "../../../subgraphs/events/door/check-ins/resolvers.ts";
import { resolvers as doorList } from "../../../subgraphs/events/door/door-list/resolvers.ts";
import { resolvers as tickets } from "../../../subgraphs/events/door/tickets/resolvers.ts";
import { resolvers as walkIns } from "../../../subgraphs/events/door/walk-ins/resolvers.ts";
import { PrismaClient } from "../../../subgraphs/events/generated/prisma/client.ts";
import { resolvers as events } from "../../../subgraphs/events/planning/events/resolvers.ts";
import { resolvers as listing } from "../../../subgraphs/events/planning/listing/resolvers.ts";
import { resolvers as attendees } from "../../../subgraphs/events/seats/attendees/resolvers.ts";
import { resolvers as registrations } from "../../../subgraphs/events/seats/registrations/resolvers.ts";
import { stack } from "../../kit/stack.ts";
import { eventsFiles } from "../../kit/stack-storage.ts";
import { ticketCodes } from "../../kit/tickets.ts";

const silent: Live = {
  open: () => Promise.reject(new Error("this subgraph has no streams")),
  openMany: () => Promise.reject(new Error("this subgraph has no streams")),
  announce: () => {},
  close: () => {},
};

export interface Unbatched {
  readonly url: string;
  /** The log of its events subgraph so far. */
  log(): string;
  stop(): Promise<void>;
}

export async function startUnbatched(): Promise<Unbatched> {
  const { urls, keys, redisPrefix } = stack();
  const lines: string[] = [];
  const log = pino({ name: "events", level: "debug" }, { write: (line) => lines.push(line) });
  const pool = createPool(urls.databases.events ?? "", log);
  const database = new PrismaClient({ adapter: createAdapter(pool) });
  const contextOf = contextMaker({
    database,
    live: silent,
    tickets: ticketCodes(),
    folded: FOLDED,
    ...eventsFiles(),
  });
  const subgraph = await startSubgraph({
    name: "events",
    config: readConfig(subgraphShape, { PORT: "0", REDIS_URL: urls.redis, ...keys }),
    log,
    features: [events, listing, attendees, registrations, tickets, checkIns, walkIns, doorList],
    policies,
    createContext: (request) => unbatched(contextOf, request),
    checks: {},
    afterStop: async () => {
      await database.$disconnect();
      await pool.end();
    },
  });
  const others = Object.entries(urls.subgraphs).map(([name, [url]]) => [
    `SUBGRAPH_URL_${name.toUpperCase()}`,
    `${url}/graphql`,
  ]);
  const settings = {
    ...Object.fromEntries(others),
    ...keys,
    PORT: "0",
    LOG_LEVEL: "silent",
    // The traces of requests are followed into the log.
    TRUSTED_PROXIES: "loopback",
    TOKEN_FEED_SOURCE: "users",
    REDIS_URL: urls.redis,
    REDIS_PREFIX: redisPrefix,
    SUBGRAPH_URL_EVENTS: `${subgraph.url}/graphql`,
    ACCESS_TOKEN_JWKS_URL: `${urls.subgraphs.users?.[0]}/.well-known/jwks.json`,
  };
  const router = await startRouter(readRouterConfig(settings));
  return {
    url: `${router.url}/graphql`,
    log: () => lines.join(""),
    async stop() {
      await router.stop();
      await subgraph.stop();
    },
  };
}

/** A context with new loaders for each load. */
function unbatched(contextOf: (request: RequestContext) => Context, request: RequestContext) {
  const alone = <K, V, C>(loaderOf: (loaders: Context["loaders"]) => DataLoader<K, V, C>) =>
    new DataLoader<K, V, C>(
      (keys) => Promise.all(keys.map((key) => loaderOf(contextOf(request).loaders).load(key))),
      { cache: false },
    );
  const context = contextOf(request);
  const loaders = {
    ...context.loaders,
    event: alone(({ event }) => event),
    allAttendees: alone(({ allAttendees }) => allAttendees),
  };
  return { ...context, loaders };
}
