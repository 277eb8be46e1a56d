// The bare chat server as a separate process, and its client.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Pool } from "undici";
import { WebSocket } from "ws";
import { newId } from "../../kit/data/id.ts";
import type { StackUrls } from "../../local/stack.ts";
import { now, type Sightings } from "./watch.ts";

export interface Bare {
  /** The time when each message came back on the socket. */
  readonly seen: Sightings;
  say(count: number): Promise<{ readonly id: string; readonly askedAt: number }>;
  close(): void;
}

/** Starts it on the Redis and the messaging database of a stack. */
export async function startBare({ redis, databases }: StackUrls, rooms: number): Promise<Bare> {
  const child = spawn(process.execPath, ["--import", "tsx", "bench/latency/bare.ts"], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, REDIS_URL: redis, DATABASE_URL: databases.messaging },
  });
  const [{ url }] = (await once(child, "message")) as [{ readonly url: string }];
  const seen = new Map<string, number>();
  const socket = new WebSocket(url.replace(/^http/, "ws"));
  await once(socket, "open");
  socket.on("message", (text) => seen.set(JSON.parse(String(text)).id, now()));
  const pool = new Pool(url, { connections: 50 });
  return {
    seen,
    async say(count) {
      const [id, askedAt] = [newId(), now()];
      const message = { room: `room ${count % rooms}`, id, body: "See you tonight?" };
      const answer = await pool.request({
        method: "POST",
        path: "/",
        body: JSON.stringify(message),
      });
      await answer.body.text();
      return { id, askedAt };
    },
    close() {
      socket.terminate();
      child.disconnect();
    },
  };
}
