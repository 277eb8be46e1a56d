// A run's own router in front of the stack's subgraphs, so that its memory and log belong to the
// run only. Its heap is measured after a full collection by Node's inspector.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { WebSocket } from "ws";
import { routerEnvironment } from "../../../local/environment.ts";
import { untilReady } from "../../../local/readiness.ts";
import { startService } from "../../../local/services.ts";
import { stack } from "../../kit/stack.ts";

export interface OwnRouter {
  /** Its `/graphql`. */
  readonly url: string;
  readonly logFile: string;
  /** Bytes in use after a full collection. */
  heapBytes(): Promise<number>;
  /** The value of a metric. */
  metric(name: string): Promise<number>;
  restarts(): number;
  stop(): Promise<void>;
}

/** Starts the router with the first replica of each subgraph. `name` is the name of its log. */
export async function startOwnRouter(
  name: string,
  env: Readonly<Record<string, string>> = {},
): Promise<OwnRouter> {
  const { urls, keys, redisPrefix, dataDir } = stack();
  const subgraphs = Object.entries(urls.subgraphs).map(([each, [first = ""]]) => [each, first]);
  const logFile = join(dataDir, "logs", `${name}.log`);
  const shared = {
    inherited: process.env,
    keys,
    redisUrl: urls.redis,
    redisPrefix,
    env: { NODE_ENV: "test", LOG_LEVEL: "debug", ...env },
    envOf: {},
  };
  const service = await startService({
    name,
    args: ["--inspect=127.0.0.1:0", "--import", "tsx", "router/main.ts"],
    env: routerEnvironment(shared, {
      host: "127.0.0.1",
      port: 0,
      adminPort: 0,
      subgraphs: Object.fromEntries(subgraphs),
    }),
    logFile,
    processFile: join(dataDir, "run", `${name}.json`),
  });
  await untilReady(service.url);
  const inspector = /ws:\/\/127\.0\.0\.1:\S+/.exec(await readFile(logFile, "utf8"))?.[0] ?? "";
  return {
    url: new URL("/graphql", service.url).href,
    logFile,
    heapBytes: () => heapBytes(inspector),
    async metric(metric) {
      const printed = await (await fetch(new URL("/metrics", service.adminUrl))).text();
      return Number(new RegExp(`^${metric} (\\S+)$`, "m").exec(printed)?.[1]);
    },
    restarts: () => service.restarts(),
    stop: () => service.stop(),
  };
}

interface Reply {
  readonly id: number;
  readonly result: { readonly usedSize?: number };
}

/** By the Chrome DevTools protocol. */
async function heapBytes(inspector: string): Promise<number> {
  const socket = new WebSocket(inspector);
  const replies = new Promise<number>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("open", () => {
      socket.send(`{"id":1,"method":"HeapProfiler.collectGarbage"}`);
      socket.send(`{"id":2,"method":"Runtime.getHeapUsage"}`);
    });
    socket.on("message", (raw) => {
      const { id, result } = JSON.parse(String(raw)) as Reply;
      if (id === 2) resolve(result.usedSize ?? Number.NaN);
    });
  });
  return replies.finally(() => socket.terminate());
}
