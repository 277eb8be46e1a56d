// The handshake of a socket: the chosen subprotocol, and no compression. Refused upgrades are in
// tests/security/sockets.test.ts.
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Library, startLibrary } from "../router/harness.ts";
import { GREETING, openWire } from "./raw-socket.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

/** Requests an upgrade without a library, so that the test can check the whole answer. */
function upgrade(protocols: string) {
  const headers = {
    connection: "upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "sec-websocket-protocol": protocols,
  };
  return request(library.url, { headers }).end();
}

/** Reads the server's close frame, and does not answer it. */
async function upgraded(protocols: string) {
  const answer = await once(upgrade(protocols), "upgrade");
  const [{ headers }, socket, head] = answer as [IncomingMessage, Socket, Buffer];
  const [frame] = head.length > 0 ? [head] : ((await once(socket, "data")) as [Buffer]);
  return { headers, socket, code: frame.readUInt16BE(2), reason: frame.toString("utf8", 4) };
}

describe("subprotocols that a client offers:", () => {
  test.each([
    [["graphql-transport-ws"]],
    [["graphql-ws", "graphql-transport-ws"]],
    [["graphql-transport-ws", "graphql-ws"]],
    [["soap", "graphql-ws", "mqtt", "graphql-transport-ws"]],
  ])("the router takes its own from %j", async (protocols) => {
    const wire = await openWire(library.url, { protocols });
    expect(wire.headers["sec-websocket-protocol"]).toBe("graphql-transport-ws");
    wire.say(GREETING);
    expect((await wire.next()).type).toBe("connection_ack");
    wire.close();
  });

  test.each(["graphql-ws", "GRAPHQL-TRANSPORT-WS", "graphql-transport-ws2", "soap, mqtt"])(
    "with %s, the socket is closed with 4406",
    async (protocols) => {
      const { headers, socket, code, reason } = await upgraded(protocols);
      expect(headers["sec-websocket-protocol"]).toBeUndefined();
      expect([code, reason]).toEqual([4406, "Subprotocol not acceptable"]);
      socket.destroy();
    },
  );

  test.each(["graphql-transport-ws, graphql-transport-ws", "graphql transport ws", ","])(
    "%s is not a valid list, and is refused",
    async (protocols) => {
      const [response] = (await once(upgrade(protocols), "response")) as [IncomingMessage];
      expect(response.statusCode).toBe(400);
    },
  );
});

describe("compression is never negotiated:", () => {
  test.each([
    "permessage-deflate",
    "permessage-deflate; client_max_window_bits=15",
    "x-webkit-deflate-frame",
    "=;",
  ])("%s", async (offer) => {
    const headers = { "sec-websocket-extensions": offer };
    const wire = await openWire(library.url, { headers });
    expect(wire.headers["sec-websocket-extensions"]).toBeUndefined();
    wire.say(GREETING);
    expect((await wire.next()).type).toBe("connection_ack");
    wire.close();
  });

  test("a client that could compress sends plain frames", async () => {
    const url = library.url.replace(/^http/, "ws");
    const perMessageDeflate = { threshold: 0 };
    const socket = new WebSocket(url, "graphql-transport-ws", { perMessageDeflate });
    await once(socket, "open");
    expect(socket.extensions).toBe("");
    socket.send(JSON.stringify(GREETING));
    const [raw] = (await once(socket, "message")) as [Buffer];
    expect(String(raw)).toBe(`{"type":"connection_ack"}`);
    socket.close();
  });
});

test("a client that does not answer the close frame is disconnected within 5 seconds", async () => {
  const startedAt = performance.now();
  const { socket } = await upgraded("graphql-ws");
  socket.resume();
  await once(socket, "close");
  expect(performance.now() - startedAt).toBeGreaterThan(4_500);
});
