// The graph of this measurement: a room of 10 messages from one subgraph, each sender's name from
// another. The subgraphs remember nothing and compute next to nothing, so that what is measured is
// the gateway.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";

export const QUERY =
  "query Room($id: ID!) { room(id: $id) { id messages { id body sender { id name } } } }";

const MESSAGES = 10;
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.12", import: ["@key"])';
const ROOMS = `${LINK}
  type Query { room(id: ID!): Room }
  type Room @key(fields: "id") { id: ID! messages: [Message!]! }
  type Message { id: ID! body: String! sender: Person! }
  type Person @key(fields: "id", resolvable: false) { id: ID! }`;
const PEOPLE = `${LINK}
  type Query { person(id: ID!): Person }
  type Person @key(fields: "id") { id: ID! name: String! }`;

interface Body {
  readonly variables: {
    readonly id?: string;
    readonly representations?: readonly { readonly id: string }[];
  };
}

export interface Graph {
  readonly supergraphSdl: string;
  readonly keySetUrl: string;
  stop(): void;
}

/** Starts both subgraphs in this process; `keySet` is what verifies access tokens. */
export async function startGraph(keySet: object): Promise<Graph> {
  const rooms = await listen((body) => ({ data: { room: roomOf(body.variables.id ?? "") } }));
  const people = await listen(
    ({ variables: { representations = [] } }) => ({
      data: { _entities: representations.map(({ id }) => ({ name: `Person ${id}` })) },
    }),
    keySet,
  );
  const { supergraphSdl, errors } = composeServices([
    { name: "rooms", url: `${rooms.url}/graphql`, typeDefs: parse(ROOMS) },
    { name: "people", url: `${people.url}/graphql`, typeDefs: parse(PEOPLE) },
  ]);
  if (!supergraphSdl) throw new Error(errors?.map(String).join("\n"));
  return {
    supergraphSdl,
    keySetUrl: `${people.url}/keys`,
    stop() {
      for (const { server } of [rooms, people]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function roomOf(id: string) {
  const messages = Array.from({ length: MESSAGES }, (_, at) => ({
    id: `${id}-${at}`,
    body: "What a good evening that was, and how soon it was over.",
    sender: { __typename: "Person", id: `${id}-${at}` },
  }));
  return { __typename: "Room", id, messages };
}

async function listen(answer: (body: Body) => object, keySet?: object) {
  const server: Server = createServer(async (request, response) => {
    const body =
      request.url === "/graphql" ? answer(JSON.parse(await textOf(request)) as Body) : keySet;
    const text = JSON.stringify(body ?? {});
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
