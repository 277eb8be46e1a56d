// The graph that the router serves. Each supergraph makes a generation, with its own guard and
// executor. New operations use the newest generation, and running ones finish on theirs. All
// generations share the connections to subgraphs. This file knows no client and no transport.
import type {
  GatewayExecutor,
  GatewayGraphQLRequestContext,
} from "@apollo/server-gateway-interface";
import type { GraphQLError, GraphQLSchema } from "graphql";
import { invariant } from "#kit/invariant";
import type { Log } from "#kit/service/logger";
import type { MintIdentity } from "#kit/trust/identity";
import { createExecutor } from "../execution/executor.ts";
import type { RunningOperation } from "../execution/subscription.ts";
import type { Limits } from "../limits/limits.ts";
import type { Authorize } from "../policy/authorization.ts";
import type { Guard } from "../policy/guard.ts";
import {
  loadSupergraph,
  readSupergraphFile,
  type Scalars,
  type Supergraph,
} from "../supergraph/supergraph.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { createChanges } from "./changes.ts";
import { type Connections, createConnections } from "./connections.ts";

/** The judges of the operations of one generation. */
export interface Judges {
  readonly guard: Guard;
  readonly authorize: Authorize;
}

export interface Generation extends Judges {
  readonly supergraph: Supergraph;
  readonly execute: GatewayExecutor;
}

export interface Graph extends Pick<Connections, "pools" | "upstreams" | "feeds"> {
  readonly current: Generation;
  /** The generation with this schema for clients. */
  of(schema: GraphQLSchema): Generation;
  readonly execute: GatewayExecutor;
  /** Calls `listener` for each new generation, until the returned function is called. */
  onChange(listener: (generation: Generation) => void): () => void;
  /** Calls `onInvalid` once, if the graph changes so that a running operation must end. */
  whenInvalid(operation: RunningOperation, onInvalid: (reason: GraphQLError) => void): () => void;
  /** Switches to another supergraph. Rejects and changes nothing if that cannot be loaded. */
  replace(sdl: string): Promise<void>;
  stop(): Promise<void>;
}

interface GraphConfig {
  readonly supergraphFile: string;
  /** URLs that override those of the supergraph, by setting. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  readonly limits: Limits;
}

interface Shared {
  readonly scalars: Scalars;
  judgesOf(supergraph: Supergraph): Judges;
  readonly mint: MintIdentity;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Loads the graph. Subgraphs need not answer yet. */
export async function openGraph(config: GraphConfig, shared: Shared): Promise<Graph> {
  const connections = createConnections(config, shared);
  const generations = new WeakMap<GraphQLSchema, Generation>();
  const changes = createChanges();

  async function load(sdl: string): Promise<Generation> {
    const supergraph = await loadSupergraph({ ...shared, sdl });
    const judges = shared.judgesOf(supergraph);
    const { subgraphs, flights } = connections;
    const options = { ...shared, ...judges, subgraphs, flights, supergraph };
    const generation = { supergraph, ...judges, execute: createExecutor(options) };
    generations.set(supergraph.apiSchema, generation);
    return generation;
  }

  const of = (schema: GraphQLSchema): Generation => {
    const generation = generations.get(schema);
    invariant(generation, "no generation of the graph has the schema of this operation");
    return generation;
  };

  let current = await load(await readSupergraphFile(config.supergraphFile));
  connections.prepare(current.supergraph.addresses)();
  return {
    ...connections,
    get current() {
      return current;
    },
    of,
    execute: (request: GatewayGraphQLRequestContext) => of(request.schema).execute(request),
    onChange: changes.onChange,
    whenInvalid: changes.whenInvalid,
    async replace(sdl) {
      const [before, next] = [current, await load(sdl)];
      const switchConnections = connections.prepare(next.supergraph.addresses);
      current = next;
      changes.publish(next);
      // Only now: operations that are no longer valid have ended with that reason. Others break
      // with their connection, and resume.
      switchConnections();
      await before.supergraph.stop();
    },
    async stop() {
      await connections.stop();
      await current.supergraph.stop();
    },
  };
}
