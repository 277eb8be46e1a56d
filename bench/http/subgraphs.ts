// All subgraphs of all works as one process with little cost: GraphQL answers each kind of request
// once. It counts its requests, serves the key set that verifies access tokens, and takes traces.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLSchema, graphql, parse } from "graphql";
import { remembering } from "./remembered.ts";
import { WORKS } from "./works.ts";

interface RequestBody {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const schemas: ReadonlyMap<string, GraphQLSchema> = new Map(
  WORKS.flatMap(({ subgraphs }) => subgraphs).map(({ name, sdl, resolvers }) => [
    `/${name}/graphql`,
    buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: { ...resolvers } }]),
  ]),
);
/** Not of subgraphs: the keys of access tokens, and a collector of traces. */
const OWN: ReadonlyMap<string, string> = new Map([
  ["/keys", String(process.env.KEY_SET)],
  ["/v1/traces", "{}"],
]);
let calls = 0;

const answer = remembering(async (path, asked) => {
  const schema = schemas.get(path);
  if (!schema) throw new Error(`there is no subgraph at ${path}`);
  const { query: source, variables: variableValues = {} } = JSON.parse(asked) as RequestBody;
  const made = await graphql({ schema, source, variableValues });
  if (made.errors) throw new Error(`${made.errors.map(String).join("\n")} in ${asked}`);
  return JSON.stringify(made);
});

const server = createServer((request, response) => {
  const { url = "" } = request;
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    const asked = Buffer.concat(chunks).toString("latin1");
    const text = OWN.get(url) ?? (await answer(url, asked));
    if (!OWN.has(url)) calls += 1;
    const headers = { "content-type": "application/json", "content-length": text.length };
    response.writeHead(200, headers).end(text, "latin1");
  });
});
// An idle connection must not close just when a gateway uses it again.
server.keepAliveTimeout = 0;
process.on("message", (message) => {
  if (message === "calls") process.send?.({ kind: "calls", calls });
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ kind: "listening", url: `http://127.0.0.1:${port}` });
});
