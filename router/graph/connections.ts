// The connections to all subgraphs: one HTTP pool and two sockets for subscriptions each. A
// subgraph whose address changes gets new connections. Requests use them from then on; the
// subscriptions of the old socket break, and resume on the new one.
import type { Log } from "#kit/service/logger";
import type { MintIdentity } from "#kit/trust/identity";
import type { Limits } from "../limits/limits.ts";
import type { SubgraphAddress } from "../supergraph/supergraph.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { createFlights, type Flights } from "../upstream/flights.ts";
import { createSubgraphPool, type SubgraphPool } from "../upstream/pool.ts";
import { createSubgraph, type Subgraph, type Subgraphs } from "../upstream/subgraph.ts";
import { createUpstream, type Upstream } from "../upstream/subscriptions.ts";
import { type EffectiveAddress, effectiveAddresses } from "./addresses.ts";

/** All collections change in place when the graph changes. */
export interface Connections {
  /** The HTTP pools of the subgraphs of the current graph. */
  readonly pools: readonly SubgraphPool[];
  /** The socket for subscriptions of single viewers, by subgraph. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** The socket for feeds, by subgraph. It is separate so that no viewer waits behind a feed. */
  readonly feeds: ReadonlyMap<string, Upstream>;
  /** The subgraphs to which executors send requests, by name. A removed one stays. */
  readonly subgraphs: Subgraphs;
  readonly flights: Flights;
  /** Throws for an address that is no URL. The returned function switches to the addresses. */
  prepare(addresses: readonly SubgraphAddress[]): () => void;
  stop(): Promise<void>;
}

interface ConnectionOptions {
  /** URLs that override those of the supergraph, by setting. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  readonly limits: Pick<Limits, "queryMs" | "mutationMs">;
}

interface Connection {
  readonly pool: SubgraphPool;
  readonly upstream: Upstream;
  readonly feed: Upstream;
}

/** After an address changed, the old pool closes this late: requests were about to use it. */
const CLOSE_MOVED_MS = 1_000;

/** Opens no connection before it is used. */
export function createConnections(
  { subgraphUrls, limits }: ConnectionOptions,
  shared: { readonly mint: MintIdentity; readonly metrics: Metrics; readonly log: Log },
): Connections {
  const flights = createFlights();
  const known = new Map<string, Connection>();
  const pools: SubgraphPool[] = [];
  const upstreams = new Map<string, Upstream>();
  const feeds = new Map<string, Upstream>();
  const subgraphs = new Map<string, Subgraph>();
  const closing = createDelayedClose();

  function switchTo(addresses: readonly EffectiveAddress[]): void {
    const before = new Map(known);
    known.clear();
    pools.length = 0;
    for (const { name, url } of addresses) {
      const key = `${name} ${url.href}`;
      const old = before.get(key);
      const connection = old ?? connect({ ...shared, name, url });
      known.set(key, connection);
      pools.push(connection.pool);
      upstreams.set(name, connection.upstream);
      feeds.set(name, connection.feed);
      if (!old) subgraphs.set(name, createSubgraph({ ...shared, flights, pool: connection.pool }));
    }
    for (const [key, connection] of before) if (!known.has(key)) retire(connection);
  }

  /** Operations that use a removed subgraph began before, and may finish. */
  function retire({ pool, upstream, feed }: Connection): void {
    const hasMoved = pools.some(({ name }) => name === pool.name);
    if (!hasMoved) {
      upstreams.delete(pool.name);
      feeds.delete(pool.name);
    }
    shared.log.info({ subgraph: pool.name, url: pool.url.href }, "a subgraph left its address");
    closing.later(pool, hasMoved ? CLOSE_MOVED_MS : Math.max(limits.queryMs, limits.mutationMs));
    upstream.breakAll();
    feed.breakAll();
  }

  return {
    pools,
    upstreams,
    feeds,
    subgraphs,
    flights,
    prepare(addresses) {
      const effective = effectiveAddresses(addresses, subgraphUrls, shared.log);
      return () => switchTo(effective);
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

function connect(
  options: EffectiveAddress & { readonly mint: MintIdentity; readonly log: Log },
): Connection {
  return {
    pool: createSubgraphPool(options.name, options.url),
    upstream: createUpstream(options),
    feed: createUpstream(options),
  };
}

function createDelayedClose() {
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
    /** Closes all pools that wait. */
    now: () => Promise.all([...timers.keys()].map(close)),
  };
}
