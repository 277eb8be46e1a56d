// The peer of this measurement: a minimal chat server that stores what it accepts. One process
// without a graph, accounts or members: a POST is one SQL statement that takes the next seq and
// stores the message, then Redis pub/sub, then the same frame to every socket.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";
import pg from "pg";
import { type WebSocket, WebSocketServer } from "ws";

const CHANNEL = "bench:latency:bare";
const { DATABASE_URL = "", REDIS_URL = "" } = process.env;

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
const publisher = new Redis(REDIS_URL);
const subscriber = new Redis(REDIS_URL);
const watching = new Set<WebSocket>();

await pool.query(`
  create table if not exists bare_room (id text primary key, last_seq int not null);
  create table if not exists bare_message (id text primary key, room text not null, seq int not null,
    body text not null, unique (room, seq))`);
await subscriber.subscribe(CHANNEL);
subscriber.on("message", (_channel, text) => {
  for (const socket of watching) socket.send(text);
});

async function accept(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { room, id, body } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const { rows } = await pool.query({
    name: "bare",
    text: `with moved as (
        insert into bare_room values ($1, 1)
        on conflict (id) do update set last_seq = bare_room.last_seq + 1 returning last_seq
      )
      insert into bare_message select $2, $1, last_seq, $3 from moved returning seq`,
    values: [room, id, body],
  });
  const text = JSON.stringify({ room, id, body, seq: rows[0].seq });
  void publisher.publish(CHANNEL, text);
  return text;
}

const server = createServer(async (request, response) => {
  response.end(await accept(request));
});
new WebSocketServer({ server }).on("connection", (socket) => {
  watching.add(socket);
  socket.on("close", () => watching.delete(socket));
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on("disconnect", () => process.exit());
