// A federated graph of a few small subgraphs behind an open router, on real sockets, all in the
// test's process.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { type GraphQLSchema, parse } from "graphql";
import { pino } from "pino";
import { readOpenRouterConfig } from "../../../router/config.ts";
import { startRouter } from "../../../router/server.ts";
import { loadSupergraph } from "../../../router/supergraph/supergraph.ts";
import { type ServedSubgraph, type Subgraph, sdlOf, serveSubgraph } from "./subgraph.ts";

const SILENT = pino({ level: "silent" });

type ByName<Value> = Readonly<Record<string, Value>>;

export interface ComposedGraph {
  /** The router's `/graphql`. */
  readonly url: string;
  /** The schema that clients see. */
  readonly schema: GraphQLSchema;
  readonly subgraphs: ByName<ServedSubgraph>;
  stop(): Promise<void>;
}

/** Composes and serves the subgraphs, and starts a router for them. */
export async function startGraph(subgraphs: ByName<Subgraph>): Promise<ComposedGraph> {
  const names = Object.keys(subgraphs);
  const served = await Promise.all(Object.values(subgraphs).map(serveSubgraph));
  const byName = Object.fromEntries(served.map((each, at) => [names[at], each]));
  const urls = Object.fromEntries(served.map(({ url }, at) => [names[at], url]));
  const { file, sdl, remove } = await writeSupergraph(subgraphs, urls);
  const env = { NODE_ENV: "test", PORT: "0", SUPERGRAPH_FILE: file };
  const { apiSchema: schema, stop } = await loadSupergraph({ sdl, scalars: {}, log: SILENT });
  await stop();
  const log = pino({ level: process.env.ROUTER_LOG ?? "silent" });
  const router = await startRouter(readOpenRouterConfig(env), log);
  return {
    url: `${router.url}/graphql`,
    schema,
    subgraphs: byName,
    async stop() {
      await router.stop();
      await Promise.all([...served.map((each) => each.stop()), remove()]);
    },
  };
}

export interface ComposedFile {
  readonly file: string;
  readonly sdl: string;
  remove(): Promise<void>;
}

/** Composes the subgraphs at `urls` into a temporary file. */
export async function writeSupergraph(
  subgraphs: ByName<Subgraph>,
  urls: ByName<string>,
): Promise<ComposedFile> {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, subgraph]) => ({
      name,
      url: urls[name] ?? "",
      typeDefs: parse(sdlOf(subgraph)),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(String).join("\n"));
  const folder = await mkdtemp(join(tmpdir(), "meetinity-federation-"));
  const file = join(folder, "supergraph.graphql");
  await writeFile(file, supergraphSdl);
  return { file, sdl: supergraphSdl, remove: () => rm(folder, { recursive: true }) };
}
