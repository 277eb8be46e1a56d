// Attacks on the router's WebSocket: forbidden upgrades, invalid frames, and floods. Every refusal
// is a close code with a reason, or an error frame, and other sockets are unaffected. Limits of
// operations are in limits.test.ts, for both transports in one table.
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { codeOf, connect, openSocket, type Socket } from "../kit/socket.ts";
import { graphqlUrl } from "../kit/stack.ts";
import { aTokenHolder } from "../kit/stories.ts";
import { exchange } from "./raw-http.ts";

/** Must be served all the time. */
let bystander: Socket;
beforeAll(async () => {
  bystander = await connect();
});
afterAll(() => bystander.close());

const isServed = async () => {
  const id = bystander.subscribe("{ __typename }");
  expect(await bystander.event(id)).toEqual({ __typename: "Query" });
};

const UPGRADE = [
  "upgrade: websocket",
  "connection: upgrade",
  "sec-websocket-version: 13",
  "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==",
  "sec-websocket-protocol: graphql-transport-ws",
];

describe("a page of another origin opens no socket:", () => {
  const own = () => new URL(graphqlUrl());
  test.each<[string, () => string]>([
    ["another site", () => "https://evil.test"],
    ["a page without an origin", () => "null"],
    ["a file", () => "file://"],
    ["nothing", () => ""],
    ["another port", () => `http://${own().hostname}:1`],
    ["no port", () => `http://${own().hostname}`],
    ["our address as a prefix", () => `http://${own().host}.evil.test`],
    ["our address as a user", () => `http://${own().host}@evil.test`],
    ["our address as a path", () => `http://evil.test/${own().host}`],
    ["our address behind another", () => `https://evil.test, http://${own().host}`],
    ["another name of this machine, without our port", () => "http://localhost"],
    ["our address in another form", () => `http://[::ffff:127.0.0.1]:${own().port}`],
  ])("%s", async (_what, origin) => {
    const head = [...UPGRADE, `origin: ${origin()}`];
    const answer = await exchange(graphqlUrl(), { method: "GET", head });
    const expected = {
      message: expect.stringMatching(/^Pages of this origin may not use this router\./),
      extensions: { code: "FORBIDDEN" },
    };
    expect([answer.status, JSON.parse(answer.body)]).toEqual([403, { errors: [expected] }]);
  });
});

describe("an upgrade is refused", () => {
  test.each([
    ["/", 404],
    ["/graphql/", 404],
    ["/graphqlx", 404],
    ["//graphql", 404],
    ["/GRAPHQL", 404],
    ["/%67raphql", 404],
    ["/graphql/../graphql", 404],
    ["/metrics", 404],
    ["/graphiql", 404],
    ["/.well-known/jwks.json", 404],
  ])("at %s with %i", async (path, status) => {
    const answer = await exchange(graphqlUrl(), { method: "GET", path, head: UPGRADE });
    const expected = {
      message: "There is no WebSocket at this address.",
      extensions: { code: "NOT_FOUND" },
    };
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { errors: [expected] }]);
  });

  const without = (part: string) => UPGRADE.filter((line) => !line.includes(part));

  test.each<[string, readonly string[]]>([
    ["without a key", without("key")],
    ["with an invalid key", [...without("key"), "sec-websocket-key: x"]],
    ["of another version", [...without("version"), "sec-websocket-version: 7"]],
  ])("%s with 400", async (_what, head) => {
    expect((await exchange(graphqlUrl(), { method: "GET", head })).status).toBe(400);
  });

  test.each(["graphql-ws", "graphql-transport-ws2", "soap"])(
    "for the protocol %s with 4406",
    async (protocol) => {
      const url = graphqlUrl().replace(/^http/, "ws");
      // The client of `ws` would fail before it reads the server's refusal.
      const socket = new WebSocket(url, [], { headers: { "sec-websocket-protocol": protocol } });
      const [code] = (await Promise.race([once(socket, "close"), once(socket, "error")])) as [
        unknown,
      ];
      if (typeof code === "number") expect(code).toBe(4406);
      else expect(String(code)).toMatch(/subprotocol/);
    },
  );

  test("for no protocol with 4406", async () => {
    const socket = new WebSocket(graphqlUrl().replace(/^http/, "ws"));
    const [code, reason] = (await once(socket, "close")) as [number, Buffer];
    expect([code, String(reason)]).toEqual([4406, "Subprotocol not acceptable"]);
  });
});

const subscribe = (payload: unknown) => JSON.stringify({ id: "1", type: "subscribe", payload });

describe("a greeted socket is closed with 4400 after", () => {
  test.each<[string, string]>([
    ["nothing", ""],
    ["text", "hello"],
    ["a document", "{ __typename }"],
    ["a number", "7"],
    ["null", "null"],
    ["a string", `"subscribe"`],
    ["a list", `[{"type":"ping"}]`],
    ["JSON that is cut", `{"id":"1","type":"subscr`],
    ["control characters", "\0\u0001\u001b"],
    ["no type", "{}"],
    ["a type that is no text", `{"type":1}`],
    ["an unknown type", `{"type":"connection_terminate"}`],
    [
      "a type of the older protocol",
      `{"id":"1","type":"start","payload":{"query":"{__typename}"}}`,
    ],
    ["a prototype for a type", `{"type":"__proto__"}`],
    ["an acknowledgement", `{"type":"connection_ack"}`],
    ["an event", `{"id":"1","type":"next","payload":{"data":null}}`],
    ["an error", `{"id":"1","type":"error","payload":[{"message":"x"}]}`],
    ["no id", `{"type":"subscribe","payload":{"query":"{__typename}"}}`],
    ["an empty id", `{"id":"","type":"subscribe","payload":{"query":"{__typename}"}}`],
    ["an id that is a number", `{"id":1,"type":"subscribe","payload":{"query":"{__typename}"}}`],
    ["no payload", `{"id":"1","type":"subscribe"}`],
    ["a payload of text", subscribe("{ __typename }")],
    ["a payload of a list", subscribe([])],
    ["no query", subscribe({})],
    ["a query that is a number", subscribe({ query: 1 })],
    ["a query that is a list", subscribe({ query: ["{ __typename }"] })],
    ["a batch", subscribe([{ query: "{ __typename }" }])],
    ["variables of text", subscribe({ query: "{ __typename }", variables: "{}" })],
    ["variables that are a list", subscribe({ query: "{ __typename }", variables: [1] })],
    ["a name that is a number", subscribe({ query: "{ __typename }", operationName: 1 })],
    ["extensions of text", subscribe({ query: "{ __typename }", extensions: "x" })],
    ["extensions that are a list", subscribe({ query: "{ __typename }", extensions: [1] })],
    ["a complete without an id", `{"type":"complete"}`],
    ["a ping with a payload of text", `{"type":"ping","payload":"x"}`],
    ["a pong with a payload of a list", `{"type":"pong","payload":[1]}`],
  ])("%s", async (_what, frame) => {
    const socket = await connect();
    socket.send(frame);
    expect((await socket.closed).code).toBe(4400);
    await isServed();
  });
});

describe("a frame", () => {
  const frameOf = (bytes: number) => {
    const frame = subscribe({ query: "{ __typename } #" });
    return frame.replace("#", `#${"x".repeat(bytes - Buffer.byteLength(frame))}`);
  };

  test("of 64 KiB is read, and one more byte closes its socket with 1009", async () => {
    const socket = await connect();
    socket.send(frameOf(64 * 1024));
    expect(await socket.event("1")).toEqual({ __typename: "Query" });
    socket.send(frameOf(64 * 1024 + 1));
    expect((await socket.closed).code).toBe(1009);
  });

  test("with variables of 5,000 levels gets an error for its operation, and the socket stays open", async () => {
    const socket = await connect();
    const text = subscribe({ query: "{ __typename }", variables: { a: "deep" } });
    socket.send(text.replace('"deep"', `${"[".repeat(5_000)}${"]".repeat(5_000)}`));
    const frame = await socket.next("1");
    expect([frame.type, codeOf(frame)]).toEqual(["error", "OPERATION_TOO_COMPLEX"]);
    expect(await socket.event(socket.subscribe("{ __typename }"))).toEqual({ __typename: "Query" });
    socket.close();
  });

  test.each(["__proto__", "constructor", "toString"])(
    "with the id %s is answered like any other",
    async (id) => {
      const socket = await connect();
      socket.send({ id, type: "subscribe", payload: { query: "{ __typename }" } });
      expect(await socket.event(id)).toEqual({ __typename: "Query" });
      socket.close();
      await isServed();
    },
  );

  test("that is not UTF-8 closes its socket with 1007", async () => {
    const socket = new WebSocket(graphqlUrl().replace(/^http/, "ws"), "graphql-transport-ws");
    await once(socket, "open");
    socket.send(Buffer.from([0xc3, 0x28]), { binary: false });
    const [code] = (await once(socket, "close")) as [number];
    expect(code).toBe(1007);
  });
});

describe("a flood", () => {
  const OWN = "subscription { viewerRegistrationUpdated { seq } }";

  test("of 300 subscriptions at once opens 50, and the socket stays open", async () => {
    const { token } = await aTokenHolder();
    const socket = await connect({ as: token });
    const ids = Array.from({ length: 300 }, () => socket.subscribe(OWN));
    const refused = await Promise.all(ids.slice(50).map((id) => socket.next(id)));
    expect(new Set(refused.map((frame) => `${frame.type} ${codeOf(frame)}`))).toEqual(
      new Set(["error RATE_LIMITED"]),
    );
    for (const id of ids.slice(0, 50)) socket.complete(id);
    const later = socket.subscribe("{ __typename }");
    expect(await socket.event(later)).toEqual({ __typename: "Query" });
    socket.close();
    await isServed();
  });

  test("of 300 operations, each cancelled at once, leaves room for the next", async () => {
    const { token } = await aTokenHolder();
    const socket = await connect({ as: token });
    for (let at = 0; at < 300; at += 1) socket.complete(socket.subscribe(OWN));
    const { payload } = await socket.next(socket.subscribe("{ __typename }"), 20_000);
    expect(payload).toEqual({ data: { __typename: "Query" } });
    socket.close();
    await isServed();
  });

  test("of 1,000 pings gets 1,000 pongs, and others are served", async () => {
    const socket = await connect();
    for (let at = 0; at < 1_000; at += 1) socket.send(`{"type":"ping","payload":{"at":${at}}}`);
    await isServed();
    for (let at = 0; at < 1_000; at += 1) {
      expect(await socket.next(undefined, 20_000)).toEqual({ type: "pong", payload: { at } });
    }
    socket.close();
  });

  test("of 100 sockets without connection_init is closed with 4408, and others are served", async () => {
    const silent = await Promise.all(Array.from({ length: 100 }, () => openSocket()));
    await isServed();
    const codes = await Promise.all(silent.map(({ closed }) => closed));
    expect(codes).toEqual(
      Array(100).fill({ code: 4408, reason: "Connection initialisation timeout" }),
    );
  });
});
