// The connections to subgraphs, by their names: HTTP, subscriptions, and those of streams that many
// share. A subgraph that moves gets new ones; what runs over the old ones goes on over them.
import type { MintIdentity } from "#kit/identity";
import type { Log } from "#kit/log";
import { type RouterConfig, urlSettingOf } from "./config.ts";
import type { SubgraphPlace } from "./supergraph.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import { createFlights, type Flights } from "./upstream/flights.ts";
import { createSubgraphPool, type SubgraphPool } from "./upstream/pool.ts";
import { type Subgraphs as AskedSubgraphs, createSubgraph } from "./upstream/subgraph.ts";
import { createUpstream, type Upstream } from "./upstream/subscriptions.ts";

export interface Subgraphs {
  /** Of the subgraphs that there are now. */
  readonly pools: readonly SubgraphPool[];
  /** The subscriptions of each subgraph. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Those that many share, on sockets of their own: no viewer's stream waits behind them. */
  readonly feeds: ReadonlyMap<string, Upstream>;
  /** What an engine asks: subgraphs at these places, which are all that there are from now on. */
  engineOf(places: readonly SubgraphPlace[]): {
    readonly subgraphs: AskedSubgraphs;
    readonly flights: Flights;
  };
  stop(): Promise<void>;
}

interface Connection {
  readonly pool: SubgraphPool;
  readonly upstream: Upstream;
  readonly feed: Upstream;
}

/** Connects to nothing yet. */
export function connectSubgraphs(
  { subgraphUrls }: Pick<RouterConfig, "subgraphUrls">,
  shared: { readonly mint: MintIdentity; readonly metrics: Metrics; readonly log: Log },
): Subgraphs {
  const flights = createFlights();
  const known = new Map<string, Connection>();
  const pools: SubgraphPool[] = [];
  const upstreams = new Map<string, Upstream>();
  const feeds = new Map<string, Upstream>();

  function connect({ name, url: ownUrl }: SubgraphPlace): Connection {
    const url = new URL(subgraphUrls.get(urlSettingOf(name)) ?? ownUrl);
    const key = `${name} ${url.href}`;
    const connection = known.get(key) ?? {
      pool: createSubgraphPool(name, url),
      upstream: createUpstream({ ...shared, name, url }),
      feed: createUpstream({ ...shared, name, url }),
    };
    known.set(key, connection);
    return connection;
  }

  return {
    pools,
    upstreams,
    feeds,
    engineOf(places) {
      const settings = places.map(({ name }) => urlSettingOf(name));
      for (const setting of subgraphUrls.keys()) {
        if (!settings.includes(setting)) {
          shared.log.warn({ setting }, "this setting names no subgraph");
        }
      }
      const connections = places.map(connect);
      pools.splice(0, pools.length, ...connections.map(({ pool }) => pool));
      for (const { pool, upstream, feed } of connections) {
        upstreams.set(pool.name, upstream);
        feeds.set(pool.name, feed);
      }
      const subgraphs = pools.map(
        (pool) => [pool.name, createSubgraph({ ...shared, flights, pool })] as const,
      );
      return { subgraphs: new Map(subgraphs), flights };
    },
    async stop() {
      const all = [...known.values()];
      for (const { upstream, feed } of all) {
        upstream.stop();
        feed.stop();
      }
      await Promise.all(all.map(({ pool }) => pool.close()));
    },
  };
}
