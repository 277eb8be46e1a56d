// Starts a real Hive Gateway as a process in front of the stack's subgraphs, with the committed
// supergraph. The first run installs it; it is not a dependency.
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { installHive } from "../../bench/http/peers.ts";
import { freePort } from "../../local/ports.ts";
import { describeExit, endProcess, type Launched, launch } from "../../local/processes.ts";
import { stack } from "../kit/stack.ts";

export interface Gateway {
  /** Its `/graphql`. */
  readonly url: string;
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 5_000;
const CONFIG = "tests/gateway/config.ts";

/** Resolves when it listens. Throws if it cannot be installed or does not start. */
export async function startHive(options: readonly string[]): Promise<Gateway> {
  const hive = installHive();
  if (!hive) throw new Error("Hive Gateway could not be installed: npm's output is above.");
  const port = await freePort();
  const where = ["--config-path", CONFIG, "--host", "127.0.0.1", "--port", String(port)];
  const command = [hive.entry, "supergraph", "schema/supergraph.graphql", ...where, ...options];
  const launched = launch(process.execPath, ["--import", "tsx", ...command], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LOG_LEVEL: "info", ...settings() },
  });
  await listening(launched);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async stop() {
      await endProcess(launched, "SIGTERM", STOP_WITHIN_MS);
    },
  };
}

function settings() {
  const { urls, keys } = stack();
  const firsts = Object.entries(urls.subgraphs).map(([name, [url = ""]]) => [name, url] as const);
  const locations = firsts.map(([name, url]) => [name, new URL("/graphql", url).href]);
  const [users] = urls.subgraphs.users ?? [];
  return {
    SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(locations)),
    IDENTITY_SIGNING_KEY: keys.IDENTITY_SIGNING_KEY,
    ACCESS_TOKEN_JWKS_URL: new URL("/.well-known/jwks.json", users).href,
  };
}

function listening({ child, exited }: Launched): Promise<void> {
  return new Promise((resolve, reject) => {
    void exited.then((exit) => reject(new Error(`Hive Gateway ended with ${describeExit(exit)}`)));
    createInterface(child.stdout as Readable).on("line", (line) => {
      if (line.includes("Listening on")) resolve();
    });
  });
}
