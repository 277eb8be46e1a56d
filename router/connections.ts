// The connections to subgraphs, by their names: HTTP, subscriptions, and those of streams that many
// share. A subgraph that moves gets new ones, and everybody who asks it by its name follows:
// requests with the next one, streams by breaking, as where a subgraph goes away for a moment.

import type { Log } from "#kit/service/logger";
import type { MintIdentity } from "#kit/trust/identity";
import { type RouterConfig, urlSettingOf } from "./config.ts";
import type { SubgraphPlace } from "./supergraph.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import { createFlights, type Flights } from "./upstream/flights.ts";
import { createSubgraphPool, type SubgraphPool } from "./upstream/pool.ts";
import {
  type Subgraphs as AskedSubgraphs,
  createSubgraph,
  type Subgraph,
} from "./upstream/subgraph.ts";
import { createUpstream, type Upstream } from "./upstream/subscriptions.ts";

export interface Subgraphs {
  /** Of the subgraphs that there are now. */
  readonly pools: readonly SubgraphPool[];
  /** The subscriptions of each subgraph. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Those that many share, on sockets of their own: no viewer's stream waits behind them. */
  readonly feeds: ReadonlyMap<string, Upstream>;
  /** What engines ask. */
  readonly asked: AskedSubgraphs;
  readonly flights: Flights;
  /** Throws for places that are none; what it returns makes them those of the subgraphs. */
  prepare(places: readonly SubgraphPlace[]): () => void;
  stop(): Promise<void>;
}

/** Where a subgraph is. */
interface Place {
  readonly name: string;
  readonly url: URL;
}

interface Connection {
  readonly pool: SubgraphPool;
  readonly upstream: Upstream;
  readonly feed: Upstream;
}

/** What was to be sent over the connections of a subgraph that moved is sent by then. */
const MOVED_MS = 1_000;

/** Connects to nothing yet. */
export function connectSubgraphs(
  { subgraphUrls, limits }: Pick<RouterConfig, "subgraphUrls" | "limits">,
  shared: { readonly mint: MintIdentity; readonly metrics: Metrics; readonly log: Log },
): Subgraphs {
  const flights = createFlights();
  const known = new Map<string, Connection>();
  const pools: SubgraphPool[] = [];
  const upstreams = new Map<string, Upstream>();
  const feeds = new Map<string, Upstream>();
  const asked = new Map<string, Subgraph>();
  const closing = createClosing();

  function serve(places: readonly Place[]): void {
    const before = new Map(known);
    known.clear();
    pools.length = 0;
    for (const { name, url } of places) {
      const key = `${name} ${url.href}`;
      const old = before.get(key);
      const connection = old ?? connect({ ...shared, name, url });
      known.set(key, connection);
      pools.push(connection.pool);
      upstreams.set(name, connection.upstream);
      feeds.set(name, connection.feed);
      if (!old) asked.set(name, createSubgraph({ ...shared, flights, pool: connection.pool }));
    }
    for (const [key, connection] of before) if (!known.has(key)) retire(connection);
  }

  /** Who asks a subgraph that there is no more began before, and may finish. */
  function retire({ pool, upstream, feed }: Connection): void {
    const hasMoved = pools.some(({ name }) => name === pool.name);
    if (!hasMoved) {
      upstreams.delete(pool.name);
      feeds.delete(pool.name);
    }
    shared.log.info(
      { subgraph: pool.name, url: pool.url.href },
      "a subgraph is not there any more",
    );
    closing.later(pool, hasMoved ? MOVED_MS : Math.max(limits.queryMs, limits.mutationMs));
    upstream.breakAll();
    feed.breakAll();
  }

  return {
    pools,
    upstreams,
    feeds,
    asked,
    flights,
    prepare(given) {
      const places = placed(given, subgraphUrls, shared.log);
      return () => serve(places);
    },
    async stop() {
      for (const { upstream, feed } of known.values()) {
        upstream.stop();
        feed.stop();
      }
      await Promise.all([...pools.map((pool) => pool.close()), closing.now()]);
    },
  };
}

/** Settings come before what the supergraph says; one that names no subgraph is a mistake. */
function placed(
  given: readonly SubgraphPlace[],
  urls: RouterConfig["subgraphUrls"],
  log: Log,
): Place[] {
  const settings = given.map(({ name }) => urlSettingOf(name));
  for (const setting of urls.keys()) {
    if (!settings.includes(setting)) log.warn({ setting }, "this setting names no subgraph");
  }
  return given.map(({ name, url }) => ({
    name,
    url: new URL(urls.get(urlSettingOf(name)) ?? url),
  }));
}

function connect(options: Place & { readonly mint: MintIdentity; readonly log: Log }): Connection {
  return {
    pool: createSubgraphPool(options.name, options.url),
    upstream: createUpstream(options),
    feed: createUpstream(options),
  };
}

/** Pools that are closed after a while. */
function createClosing() {
  const timers = new Map<SubgraphPool, NodeJS.Timeout>();
  const close = (pool: SubgraphPool) => {
    clearTimeout(timers.get(pool));
    timers.delete(pool);
    return pool.close();
  };
  return {
    later: (pool: SubgraphPool, ms: number) => {
      timers.set(pool, setTimeout(() => void close(pool), ms).unref());
    },
    now: () => Promise.all([...timers.keys()].map(close)),
  };
}
