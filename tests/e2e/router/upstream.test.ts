// Guarantees of the router about its socket to a subgraph: what breaks is told, and nothing is
// resumed behind a client's back.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { createUpstream, type Upstream } from "../../../router/upstream/subscriptions.ts";

interface Message {
  readonly id?: string;
  readonly type: string;
  readonly payload?: { readonly extensions?: Record<string, unknown> };
}

/** A subgraph's socket by hand: it greets, remembers what arrives, and does what a test says. */
async function startByHand() {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await once(server, "listening");
  const messages: Message[] = [];
  const sockets: WebSocket[] = [];
  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (raw) => {
      const message = JSON.parse(String(raw)) as Message;
      messages.push(message);
      if (message.type === "connection_init") socket.send(`{"type":"connection_ack"}`);
      server.emit("arrival");
    });
  });
  const subscribed = () => messages.filter(({ type }) => type === "subscribe");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`),
    messages,
    sockets,
    subscribed,
    async arrived(count: number) {
      while (subscribed().length < count) await once(server, "arrival");
    },
    async stop() {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}

let server: Awaited<ReturnType<typeof startByHand>>;
let upstream: Upstream;
beforeEach(async () => {
  server = await startByHand();
  upstream = createUpstream({
    name: "byHand",
    url: server.url,
    mint: async ({ kind }) => `token of ${kind}`,
    log: pino({ level: "silent" }),
  });
});
afterEach(async () => {
  upstream.stop();
  await server.stop();
});

function open() {
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

const UNAVAILABLE = [expect.objectContaining({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } })];

describe("all operations", () => {
  test("share one socket, each with its own identity, trace and window", async () => {
    open();
    open();
    await server.arrived(2);
    expect(server.sockets).toHaveLength(1);
    expect(server.messages[0]?.payload).toEqual({ identity: "token of anonymous" });
    for (const { payload } of server.subscribed()) {
      expect(payload?.extensions).toEqual({
        identity: "token of audience",
        traceparent: expect.stringMatching(/^00-a{32}-[0-9a-f]{16}-01$/),
        window: 64,
      });
    }
  });

  test.each([
    ["as if all were well", 1000],
    ["because it goes away", 1001],
    ["because of a mistake", 4400],
  ])("break when the subgraph closes it %s, and none is started again", async (_why, code) => {
    const [first, second] = [open(), open()];
    await server.arrived(2);
    server.sockets[0]?.close(code);
    await Promise.all([first.ended, second.ended]);
    expect([first.ends, second.ends]).toEqual([[UNAVAILABLE], [UNAVAILABLE]]);
    const third = open();
    await server.arrived(3);
    expect(server.sockets).toHaveLength(2);
    third.feed.cancel();
    expect(server.subscribed()).toHaveLength(3);
  });

  test("break when it answers nonsense", async () => {
    const { ended, ends } = open();
    await server.arrived(1);
    server.sockets[0]?.send("nonsense");
    await ended;
    expect(ends).toEqual([UNAVAILABLE]);
  });
});

test("a cancelled operation is not begun when it was not yet, and hears nothing more", async () => {
  const early = open();
  early.feed.cancel();
  const late = open();
  await server.arrived(1);
  late.feed.cancel();
  const third = open();
  await server.arrived(2);
  const [lateId, thirdId] = server.subscribed().map(({ id }) => id);
  server.sockets[0]?.send(`{"id":"${lateId}","type":"next","payload":{"data":{"a":1}}}`);
  server.sockets[0]?.send(`{"id":"${thirdId}","type":"complete"}`);
  await third.ended;
  expect([early.ends, late.ends, late.events, third.ends]).toEqual([[], [], [], [null]]);
});

test("events that were passed on are told of, sixteen at a time", async () => {
  const { feed } = open();
  await server.arrived(1);
  for (let at = 0; at < 40; at += 1) feed.taken();
  open();
  await server.arrived(2);
  expect(server.messages.filter(({ type }) => type === "ping")).toEqual([
    { type: "ping", payload: { taken: { "1": 16 } } },
    { type: "ping", payload: { taken: { "1": 16 } } },
  ]);
});
