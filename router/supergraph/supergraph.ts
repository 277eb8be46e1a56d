// One generation of the graph: the supergraph file, loaded into Apollo's gateway and query planner.
// It never changes; a new file makes a new one. It knows no transport and no client.
import { readFile } from "node:fs/promises";
import { Supergraph as ComposedSupergraph, type Schema } from "@apollo/federation-internals";
import { ApolloGateway } from "@apollo/gateway";
import { QueryPlanner } from "@apollo/query-planner";
import {
  type GraphQLScalarType,
  type GraphQLSchema,
  isInterfaceType,
  isScalarType,
  parse,
  print,
} from "graphql";
import { invariant } from "#kit/invariant";
import { type LiveDirectives, readLiveDirectives } from "#kit/live/shared/live-directives";
import { ConfigError } from "#kit/service/config";
import type { Log } from "#kit/service/logger";
import { keysInOrder } from "./key-order.ts";
import { withoutPurposes } from "./links.ts";
import { type Needs, nameNeeds } from "./required-fields.ts";

export interface Supergraph {
  readonly sdl: string;
  /** What clients see; documents are validated against it. */
  readonly apiSchema: GraphQLSchema;
  /** The same as Apollo's planner reads it. */
  readonly api: Schema;
  /** Everything, with what clients may not see. */
  readonly fullSchema: GraphQLSchema;
  /** The names of its interfaces. */
  readonly interfaces: ReadonlySet<string>;
  readonly planner: QueryPlanner;
  /** What fields need with arguments, by the names that the planner knows. */
  readonly needs: Needs;
  /** What is said of subscriptions. */
  readonly liveDirectives: ReadonlyMap<string, LiveDirectives>;
  /** The subgraphs, as the file names them. */
  readonly addresses: readonly SubgraphAddress[];
  stop(): Promise<void>;
}

/** A subgraph as the supergraph names it. */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** Custom scalars by their names. */
export type Scalars = Readonly<Record<string, GraphQLScalarType>>;

/** Reads the file at `path`. Throws a `ConfigError` that says how to make one. */
export async function readSupergraphFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`SUPERGRAPH_FILE cannot be read: ${why}\nMake it: npm run compose`);
  }
}

/** Loads a supergraph. The gateway checks it and keeps it; it asks no subgraph. */
export async function loadSupergraph(options: {
  readonly sdl: string;
  readonly scalars: Scalars;
  readonly log: Log;
}): Promise<Supergraph> {
  const { sdl, scalars, log } = options;
  // The gateway would otherwise tell its makers of every start.
  process.env.APOLLO_TELEMETRY_DISABLED = "true";
  const addresses: SubgraphAddress[] = [];
  const document = withoutPurposes(parse(sdl, { noLocation: true }));
  const gateway = new ApolloGateway({
    supergraphSdl: print(document),
    logger: log,
    __exposeQueryPlanExperimental: false,
    buildService({ name, url }) {
      invariant(url, "a subgraph has no address", { name });
      addresses.push({ name, url });
      return {
        process: async () => {
          throw new Error(`the gateway asks ${name}, which is for the engine to do`);
        },
      };
    },
  });
  const { schema: apiSchema } = await gateway.load();
  adoptScalars(apiSchema, scalars);
  const composed = ComposedSupergraph.build(document);
  const needs = nameNeeds(keysInOrder(document));
  // Made from what has just been checked, and only for the planner.
  const planned =
    needs.document === document
      ? composed
      : ComposedSupergraph.build(needs.document, { validateSupergraph: false });
  const fullSchema = composed.schema.toGraphQLJSSchema();
  return {
    sdl,
    apiSchema,
    api: planned.apiSchema(),
    fullSchema,
    interfaces: new Set(Object.values(fullSchema.getTypeMap()).filter(isInterfaceType).map(String)),
    liveDirectives: readLiveDirectives(fullSchema),
    planner: new QueryPlanner(planned),
    needs,
    addresses,
    stop: () => gateway.stop(),
  };
}

/** Teaches the schema what scalars accept, so that a bad value is refused before anything runs. */
function adoptScalars(schema: GraphQLSchema, scalars: Scalars): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalars)) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) Object.assign(scalar, { parseValue, parseLiteral });
  }
}
