// A router of a test's own in front of the subgraphs of the running stack: a process as the stack
// starts it, with other settings. Its log can be read.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routerEnvironment } from "../../local/environment.ts";
import { startService } from "../../local/services.ts";
import { stack } from "./stack.ts";

export interface OwnRouter {
  /** Its `/graphql`. */
  readonly url: string;
  readonly adminUrl: string;
  /** The lines that it has logged so far, parsed. */
  logged(): Promise<Readonly<Record<string, unknown>>[]>;
  /** The number behind a name of its `/metrics`, labels included; 0 when there is none. */
  counted(metric: string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a router with `env` beside what every router of the stack is told. */
export async function startOwnRouter(env: Readonly<Record<string, string>>): Promise<OwnRouter> {
  const { urls, keys, redisPrefix } = stack();
  const folder = await mkdtemp(join(tmpdir(), "meetinity-own-router-"));
  const firsts = Object.entries(urls.subgraphs).map(([name, [url = ""]]) => [name, url] as const);
  const shared = {
    inherited: process.env,
    keys,
    redisUrl: urls.redis,
    redisPrefix,
    env: { NODE_ENV: "test", ...env },
    envOf: {},
  };
  const subgraphs = Object.fromEntries(firsts);
  const place = { host: "127.0.0.1", port: 0, adminPort: 0, subgraphs };
  const logFile = join(folder, "router.log");
  const service = await startService({
    name: "own-router",
    args: ["--import", "tsx", "router/main.ts"],
    env: routerEnvironment(shared, place),
    logFile,
    processFile: join(folder, "process.json"),
  });
  const adminUrl = service.adminUrl ?? "";
  return {
    url: new URL("/graphql", service.url).href,
    adminUrl,
    async logged() {
      const lines = (await readFile(logFile, "utf8")).split("\n");
      return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    },
    async counted(metric) {
      const text = await (await fetch(new URL("/metrics", adminUrl))).text();
      const line = text.split("\n").find((each) => each.startsWith(`${metric} `));
      return Number(line?.split(" ").at(-1) ?? 0);
    },
    async stop() {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
