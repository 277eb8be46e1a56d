// Refuses bad WebSocket handshakes with our own message; ws would answer with its own.
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocketServer } from "ws";
import { writeRawResponse } from "#kit/service/broken-requests";

const MESSAGE =
  "This is no handshake of WebSocket: send a GET with `Upgrade: websocket`, version 13 and a key.";

export function refuseBadHandshakes(sockets: WebSocketServer): void {
  sockets.on("wsClientError", (_error: Error, stream: Duplex, _request: IncomingMessage) => {
    writeRawResponse(stream, {
      status: 400,
      message: MESSAGE,
      head: ["Sec-WebSocket-Version: 13"],
    });
  });
}
