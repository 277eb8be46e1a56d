// The graph that is served, generation after generation: each has a supergraph, who judges by it,
// and the engine that runs over it. A new file makes a new one, which new operations use; those
// that run finish on theirs. All generations ask subgraphs where they are now. It knows no client.
import type {
  GatewayExecutor,
  GatewayGraphQLRequestContext,
} from "@apollo/server-gateway-interface";
import type { GraphQLError, GraphQLSchema } from "graphql";
import { invariant } from "#kit/invariant";
import type { Log } from "#kit/service/logger";
import type { MintIdentity } from "#kit/trust/identity";
import { openChanges, type RunningOperation } from "./changes.ts";
import type { RouterConfig } from "./config.ts";
import { connectSubgraphs, type Subgraphs } from "./connections.ts";
import { createExecutor } from "./execution/executor.ts";
import type { Authorize } from "./policy/authorization.ts";
import type { Guard } from "./policy/guard.ts";
import type { Limits } from "./policy/limits.ts";
import type { Protection } from "./protection.ts";
import { loadSupergraph, readSupergraphFile, type Supergraph } from "./supergraph.ts";
import type { Metrics } from "./telemetry/metrics.ts";

export interface Generation {
  readonly supergraph: Supergraph;
  readonly guard: Guard;
  readonly authorize: Authorize;
  readonly execute: GatewayExecutor;
}

export interface Graph extends Pick<Subgraphs, "pools" | "upstreams" | "feeds"> {
  readonly current: Generation;
  /** The generation whose schema clients see, or saw, as this. */
  of(schema: GraphQLSchema): Generation;
  readonly execute: GatewayExecutor;
  /** Calls back whenever there is a new generation. */
  onChange(listener: (generation: Generation) => void): () => void;
  /** Calls back once, with the reason, when a running operation fits the graph no more. */
  whenUnfit(operation: RunningOperation, onUnfit: (reason: GraphQLError) => void): () => void;
  /** Puts another supergraph in its place. Rejects, and changes nothing, if that is bad. */
  replace(sdl: string): Promise<void>;
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
  const subgraphs = connectSubgraphs(config, shared);
  const generations = new WeakMap<GraphQLSchema, Generation>();
  const changes = openChanges();

  async function load(sdl: string): Promise<Generation> {
    const supergraph = await loadSupergraph({ ...shared, sdl });
    const judges = shared.judgesOf(supergraph);
    const { asked, flights } = subgraphs;
    const options = { ...shared, ...judges, subgraphs: asked, flights, supergraph };
    const generation = { supergraph, ...judges, execute: createExecutor(options) };
    generations.set(supergraph.apiSchema, generation);
    return generation;
  }

  const of = (schema: GraphQLSchema): Generation => {
    const generation = generations.get(schema);
    invariant(generation, "an operation is of no generation of the graph");
    return generation;
  };

  let current = await load(await readSupergraphFile(config.supergraphFile));
  subgraphs.prepare(current.supergraph.places)();
  return {
    ...subgraphs,
    get current() {
      return current;
    },
    of,
    execute: (request: GatewayGraphQLRequestContext) => of(request.schema).execute(request),
    onChange: changes.listen,
    whenUnfit: changes.whenUnfit,
    async replace(sdl) {
      const [before, next] = [current, await load(sdl)];
      const move = subgraphs.prepare(next.supergraph.places);
      current = next;
      changes.tell(next);
      // Streams that end for what has changed have their reason by now; the others follow.
      move();
      await before.supergraph.stop();
    },
    async stop() {
      await subgraphs.stop();
      await current.supergraph.stop();
    },
  };
}
