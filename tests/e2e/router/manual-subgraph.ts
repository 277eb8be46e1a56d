// A subgraph's WebSocket that a test controls: it records messages, and sends what the test says.
// Also the router's end of the socket, with streams that record their events.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { pino } from "pino";
import { expect } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { createUpstream, type Upstream } from "../../../router/upstream/subscriptions.ts";

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: { readonly extensions?: Record<string, unknown> };
}

export type ManualSubgraph = Awaited<ReturnType<typeof startManualSubgraph>>;

/** Starts the socket. It sends connection_ack by itself unless `isGreeting` is false. */
export async function startManualSubgraph({ isGreeting = true } = {}) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const messages: Message[] = [];
  const sockets: WebSocket[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (raw) => {
      const message = JSON.parse(String(raw)) as Message;
      messages.push(message);
      if (isGreeting && message.type === "connection_init") socket.send(GREETING);
      server.emit("arrival");
    });
  });
  const ofType = (type: string) => messages.filter((message) => message.type === type);
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
    messages,
    sockets,
    ofType,
    async arrived(count: number, type = "subscribe") {
      while (ofType(type).length < count) await once(server, "arrival");
    },
    /** Sends text on the latest socket. Resolves when the router has read it. */
    async say(text: string) {
      const socket = sockets.at(-1);
      socket?.send(text);
      socket?.ping();
      if (socket) await once(socket, "pong");
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}

export const GREETING = `{"type":"connection_ack"}`;

export function upstreamTo(url: URL): Upstream {
  return createUpstream({
    name: "byHand",
    url,
    mint: async ({ kind }) => `token of ${kind}`,
    log: pino({ level: "silent" }),
  });
}

/** A stream of `upstream`, with its events and its end. */
export function open(upstream: Upstream) {
  const events: FormattedExecutionResult[] = [];
  const ends: (readonly GraphQLFormattedError[] | null)[] = [];
  let tellEnd = () => {};
  const ended = new Promise<void>((resolve) => {
    tellEnd = resolve;
  });
  const feed = upstream.subscribe(
    {
      query: "subscription { a }",
      operationName: undefined,
      variables: {},
      identity: { kind: "audience" },
      traceId: "a".repeat(32),
    },
    {
      event: (event) => events.push(event),
      end(errors) {
        ends.push(errors);
        tellEnd();
      },
    },
  );
  return { feed, events, ends, ended };
}

/** The errors of a broken stream. */
export const UNAVAILABLE = [
  expect.objectContaining({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } }),
];
