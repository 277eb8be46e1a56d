// Loads a supergraph: Apollo's gateway checks it and makes its schemas and query planner. A loaded
// supergraph never changes. It sends nothing to subgraphs.
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
import { resolvableKeysFirst } from "./key-order.ts";
import { withoutPurposes } from "./links.ts";
import { addStandIns, type RequiredFields } from "./required-fields.ts";

export interface Supergraph {
  readonly sdl: string;
  /** The schema that clients see. Documents are validated against it. */
  readonly apiSchema: GraphQLSchema;
  /** The same schema in the form that the query planner takes. */
  readonly api: Schema;
  /** The whole schema, with what clients may not see. */
  readonly fullSchema: GraphQLSchema;
  /** The names of all interfaces. */
  readonly interfaces: ReadonlySet<string>;
  readonly planner: QueryPlanner;
  /** The required fields with arguments, and the document that the planner reads. */
  readonly requiredFields: RequiredFields;
  /** `@resumable` and `@shared`, by the name of the subscription. */
  readonly liveDirectives: ReadonlyMap<string, LiveDirectives>;
  /** The addresses of all subgraphs, as the file has them. */
  readonly addresses: readonly SubgraphAddress[];
  stop(): Promise<void>;
}

/** The name and URL of a subgraph. */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** Custom scalars, by name. */
export type Scalars = Readonly<Record<string, GraphQLScalarType>>;

/**
 * Reads the file at `path`. If it cannot be read, throws a `ConfigError` that says how to make it.
 */
export async function readSupergraphFile(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(`SUPERGRAPH_FILE cannot be read: ${why}\nMake it: npm run compose`);
  }
}

/** Rejects if Apollo's gateway refuses the supergraph. */
export async function loadSupergraph(options: {
  readonly sdl: string;
  readonly scalars: Scalars;
  readonly log: Log;
}): Promise<Supergraph> {
  const { sdl, scalars, log } = options;
  // Without it the gateway would report each start to Apollo.
  process.env.APOLLO_TELEMETRY_DISABLED = "true";
  const document = resolvableKeysFirst(withoutPurposes(parse(sdl, { noLocation: true })));
  const { gateway, apiSchema, addresses } = await loadGateway(print(document), log);
  adoptScalars(apiSchema, scalars);
  const { queryPlanner, api, fullSchema } = partsOf(gateway);
  const requiredFields = addStandIns(document, () => fullSchema);
  const planned = requiredFields.byName.size > 0 ? planWithStandIns(requiredFields) : null;
  return {
    sdl,
    apiSchema,
    api: planned?.api ?? api,
    fullSchema,
    interfaces: new Set(Object.values(fullSchema.getTypeMap()).filter(isInterfaceType).map(String)),
    liveDirectives: readLiveDirectives(fullSchema),
    planner: planned?.planner ?? queryPlanner,
    requiredFields,
    addresses,
    stop: () => gateway.stop(),
  };
}

async function loadGateway(supergraphSdl: string, log: Log) {
  const addresses: SubgraphAddress[] = [];
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: log,
    __exposeQueryPlanExperimental: false,
    buildService({ name, url }) {
      invariant(url, "a subgraph has no address", { name });
      addresses.push({ name, url });
      return {
        process: async () => {
          throw new Error(`the gateway sends a request to ${name}; only execution/ may`);
        },
      };
    },
  });
  const { schema: apiSchema } = await gateway.load();
  return { gateway, apiSchema, addresses };
}

/**
 * The planner of the gateway, and its schemas. `__testing` is the gateway's only way to give them
 * out; to build them again would double the time of a load.
 */
function partsOf(gateway: ApolloGateway) {
  const { queryPlanner } = gateway.__testing();
  invariant(queryPlanner, "a loaded gateway has no query planner");
  const { supergraph } = queryPlanner;
  return {
    queryPlanner,
    api: supergraph.apiSchema(),
    fullSchema: supergraph.schema.toGraphQLJSSchema(),
  };
}

/** A planner of its own, because clients must not see the stand-ins. The gateway has validated. */
function planWithStandIns({ document }: RequiredFields) {
  const supergraph = ComposedSupergraph.build(document, { validateSupergraph: false });
  return { api: supergraph.apiSchema(), planner: new QueryPlanner(supergraph) };
}

/** Sets what our scalars accept, so that a wrong value is refused before anything runs. */
function adoptScalars(schema: GraphQLSchema, scalars: Scalars): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalars)) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) Object.assign(scalar, { parseValue, parseLiteral });
  }
}
