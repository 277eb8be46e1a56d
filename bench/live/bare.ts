// The peer: a minimal server for watchers. It sends each message of one Redis channel, as one
// buffer, to every socket of ws, without accounts and without reading the message.
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";
import { type WebSocket, WebSocketServer } from "ws";

const { REDIS_URL = "", CHANNEL = "" } = process.env;

const watching = new Set<WebSocket>();
const subscriber = new Redis(REDIS_URL);
await subscriber.subscribe(CHANNEL);
subscriber.on("messageBuffer", (_channel, frame: Buffer) => {
  for (const socket of watching) socket.send(frame, { binary: false });
});

const server = new WebSocketServer({ host: "127.0.0.1", port: 0, backlog: 4_096 }, () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ kind: "listening", url: `http://127.0.0.1:${port}` });
});
server.on("connection", (socket) => {
  watching.add(socket);
  socket.on("close", () => watching.delete(socket));
});
