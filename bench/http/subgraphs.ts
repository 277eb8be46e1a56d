// All subgraphs of all works as one process, which costs next to nothing: an answer is computed
// once, by GraphQL, for each request that looks different when its keys are left out, and
// remembered. It counts what it is asked, and also serves the key set that verifies access tokens.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, graphql, parse } from "graphql";
import { KEY } from "./work.ts";
import { WORKS } from "./works.ts";

/** More shapes than any gateway asks: then a request has something in it that is new each time. */
const SHAPES_MAX = 20_000;

const NO_KEY = "k-------";

interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** An answer without its keys: between two pieces stands the key of that number. */
interface Template {
  readonly pieces: readonly string[];
  readonly keys: readonly number[];
}

const schemas: ReadonlyMap<string, GraphQLSchema> = new Map(
  WORKS.flatMap(({ subgraphs }) => subgraphs).map(({ name, sdl, resolvers }) => [
    `/${name}/graphql`,
    buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: { ...resolvers } }]),
  ]),
);
const templates = new Map<string, Template>();
let calls = 0;

async function answer(path: string, asked: string): Promise<string> {
  const schema = schemas.get(path);
  if (!schema) throw new Error(`nobody is at ${path}`);
  const keys: string[] = [];
  const shape = asked.replace(KEY, (key) => {
    const at = keys.indexOf(key);
    return at < 0 ? `${NO_KEY}${keys.push(key) - 1}` : `${NO_KEY}${at}`;
  });
  const name = `${path} ${shape}`;
  const template = templates.get(name) ?? (await remember(name, schema, asked, keys));
  return template.pieces.map((piece, at) => piece + (keys[template.keys[at] ?? -1] ?? "")).join("");
}

async function remember(name: string, schema: GraphQLSchema, text: string, keys: string[]) {
  if (templates.size >= SHAPES_MAX) throw new Error(`too many kinds of requests, as ${name}`);
  const { query: source, variables: variableValues = {} } = JSON.parse(text) as Asked;
  const made = await graphql({ schema, source, variableValues });
  if (made.errors) throw new Error(`${made.errors.map(String).join("\n")} in ${name}`);
  const answered = JSON.stringify(made);
  const template = {
    pieces: answered.split(KEY),
    keys: (answered.match(KEY) ?? []).map((key) => keys.indexOf(key)),
  };
  templates.set(name, template);
  return template;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const server = createServer(async (request, response) => {
  const { url = "" } = request;
  const text = url === "/keys" ? process.env.KEY_SET : await answer(url, await textOf(request));
  calls += 1;
  response.writeHead(200, { "content-type": "application/json" });
  response.end(text);
});
process.on("message", (message) => {
  if (message === "calls") process.send?.({ kind: "calls", calls });
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ kind: "listening", url: `http://127.0.0.1:${port}` });
});
