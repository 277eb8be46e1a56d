// Puts one graph together: its supergraph, the connections to its subgraphs, and the engine that
// runs operations over them. It knows no client.
import type { GatewayExecutor } from "@apollo/server-gateway-interface";
import type { MintIdentity } from "#kit/identity";
import type { Log } from "#kit/log";
import { type RouterConfig, urlSettingOf } from "./config.ts";
import { createExecutor } from "./execution/executor.ts";
import type { Authorize } from "./policy/authorization.ts";
import type { Guard } from "./policy/guard.ts";
import type { Limits } from "./policy/limits.ts";
import type { Protection } from "./protection.ts";
import { loadSupergraph, readSupergraphFile, type Supergraph } from "./supergraph.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import { createFlights } from "./upstream/flights.ts";
import { createSubgraphPool, type SubgraphPool } from "./upstream/pool.ts";
import { createSubgraph } from "./upstream/subgraph.ts";
import { createUpstream, type Upstream } from "./upstream/subscriptions.ts";

export interface Graph {
  readonly supergraph: Supergraph;
  readonly guard: Guard;
  readonly execute: GatewayExecutor;
  readonly pools: readonly SubgraphPool[];
  /** The subscriptions of each subgraph, by its name. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Those that many share, on sockets of their own: no viewer's stream waits behind them. */
  readonly feeds: ReadonlyMap<string, Upstream>;
  stop(): Promise<void>;
}

interface Shared extends Pick<Protection, "scalars" | "judgesOf"> {
  readonly mint: MintIdentity;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Loads the graph. Its subgraphs need not answer yet. */
export async function openGraph(config: RouterConfig, shared: Shared): Promise<Graph> {
  const { scalars, mint, log } = shared;
  const sdl = await readSupergraphFile(config.supergraphFile);
  const supergraph = await loadSupergraph({ sdl, scalars, log });
  const { guard, authorize } = shared.judgesOf(supergraph);
  const pools = openPools(supergraph, config, log);
  const openUpstreams = () =>
    new Map(pools.map(({ name, url }) => [name, createUpstream({ mint, log, name, url })]));
  const [upstreams, feeds] = [openUpstreams(), openUpstreams()];
  return {
    supergraph,
    guard,
    execute: openEngine(supergraph, authorize, pools, shared),
    pools,
    upstreams,
    feeds,
    async stop() {
      const all = [...upstreams.values(), ...feeds.values()];
      await Promise.all(all.map((upstream) => upstream.stop()));
      await Promise.all(pools.map((pool) => pool.close()));
      await supergraph.stop();
    },
  };
}

/** A pool of connections for each subgraph, where a setting or else the graph says it is. */
function openPools(
  { places }: Supergraph,
  { subgraphUrls }: RouterConfig,
  log: Log,
): readonly SubgraphPool[] {
  const settings = places.map(({ name }) => urlSettingOf(name));
  for (const setting of subgraphUrls.keys()) {
    if (!settings.includes(setting)) log.warn({ setting }, "this setting names no subgraph");
  }
  return places.map(({ name, url }) =>
    createSubgraphPool(name, new URL(subgraphUrls.get(urlSettingOf(name)) ?? url)),
  );
}

/** What runs operations, and asks the subgraphs for it. */
function openEngine(
  supergraph: Supergraph,
  authorize: Authorize,
  pools: readonly SubgraphPool[],
  shared: Shared,
): GatewayExecutor {
  const flights = createFlights();
  const subgraphs = new Map(
    pools.map((pool) => [pool.name, createSubgraph({ ...shared, flights, pool })]),
  );
  return createExecutor({ ...shared, supergraph, authorize, subgraphs, flights });
}
