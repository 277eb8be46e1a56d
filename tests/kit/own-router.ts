// A test's own router in front of the stack's subgraphs, with other settings. It runs in the test's
// process, so that it starts fast and its log can be read.
import { pino } from "pino";
import { routerEnvironment } from "../../local/environment.ts";
import { readRouterConfig } from "../../router/config.ts";
import { startRouter } from "../../router/server.ts";
import { stack } from "./stack.ts";

type LogLine = Readonly<Record<string, unknown>>;

export interface OwnRouter {
  /** Its `/graphql`. */
  readonly url: string;
  /** Its base URL for operators. */
  readonly adminUrl: string | undefined;
  /** Its log so far, at `info` and above. */
  readonly logged: readonly LogLine[];
  /** The value of a metric, named with its labels; 0 if it is missing. */
  counted(metric: string): Promise<number>;
  stop(): Promise<void>;
}

/**
 * Starts a router with the settings of the stack's routers and `env`. For the subgraphs of
 * `asComposed` it uses the addresses of the supergraph.
 */
export async function startOwnRouter(
  env: Readonly<Record<string, string>>,
  asComposed: readonly string[] = [],
): Promise<OwnRouter> {
  const { urls, keys, redisPrefix, storage } = stack();
  const firsts = Object.entries(urls.subgraphs)
    .filter(([name]) => !asComposed.includes(name))
    .map(([name, [url = ""]]) => [name, url] as const);
  const redisUrl = urls.redis;
  const shared = { inherited: {}, keys, storage, redisUrl, redisPrefix, env, envOf: {} };
  const subgraphs = Object.fromEntries(firsts);
  const place = { host: "127.0.0.1", port: 0, adminPort: 0, subgraphs };
  const logged: LogLine[] = [];
  const log = pino({ level: "info" }, { write: (line) => logged.push(JSON.parse(line)) });
  const router = await startRouter(readRouterConfig(routerEnvironment(shared, place)), log);
  return {
    url: new URL("/graphql", router.url).href,
    adminUrl: router.adminUrl,
    logged,
    async counted(metric) {
      const text = await (await fetch(new URL("/metrics", router.adminUrl))).text();
      const line = text.split("\n").find((each) => each.startsWith(`${metric} `));
      return Number(line?.split(" ").at(-1) ?? 0);
    },
    stop: () => router.stop(),
  };
}
