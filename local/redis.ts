// Runs a Redis server on a free loopback port. It stores nothing on disk: the data of record are in
// PostgreSQL. It first stops a server that a killed launcher left in its folder.
import { closeSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Redis as Client } from "ioredis";
import { forgetProcess, readText, rememberProcess, stopRemembered } from "./leftovers.ts";
import { boundLogFile, freshLogFile, lastLines } from "./log-files.ts";
import { freePort } from "./ports.ts";
import { describeExit, endProcess, type Launched, launch } from "./processes.ts";
import { findRedis, type RedisBinary } from "./redis-binary.ts";
import { randomPassword, secretOnce } from "./secrets.ts";
import type { Server } from "./servers.ts";

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 10;
const PORT_ATTEMPTS = 5;

export interface RedisOptions {
  /** Folder for this server only. Created if missing. */
  readonly dataDir: string;
  /** Its former port. Default: any free port. */
  readonly port?: number | undefined;
  readonly logFile?: string;
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

export interface Redis extends Server {
  /** Contains the password: never log it. */
  readonly url: string;
}

/** Resolves when Redis answers. The first start on a machine may have to download it. */
export async function startRedis(options: RedisOptions): Promise<Redis> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const processFile = join(dataDir, "process.json");
  const leftover = await stopRemembered(processFile, "SIGTERM", STOP_TIMEOUT_MS);
  if (leftover)
    options.onProgress?.(`stopped Redis (pid ${leftover}), left by a start that was killed`);
  const binary = await findRedis(options);
  const password = await secretOnce(join(dataDir, "password"), randomPassword);
  const { launched, port, pid } = await startServer(binary, password, { ...options, dataDir });
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    port,
    pid,
    exited: launched.exited,
    stop: async () => {
      await endProcess(launched, "SIGTERM", STOP_TIMEOUT_MS);
      forgetProcess(processFile);
    },
  };
}

interface Started {
  readonly launched: Launched;
  readonly port: number;
  readonly pid: number;
}

async function startServer(
  binary: RedisBinary,
  password: string,
  options: RedisOptions,
): Promise<Started> {
  const { dataDir } = options;
  const logFile = options.logFile ?? join(dataDir, "redis.log");
  const configFile = join(dataDir, "redis.conf");
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    // A file, because other users can read the arguments of a process.
    await writeFile(configFile, settings(dataDir, port, password), { mode: 0o600 });
    const log = freshLogFile(logFile);
    const launched = launch(binary.command, [configFile], {
      cwd: dataDir,
      env: { PATH: process.env.PATH, ...binary.env },
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    void launched.exited.then(boundLogFile(logFile));
    const { pid } = launched.child;
    if (pid !== undefined) rememberProcess(join(dataDir, "process.json"), pid);
    const exit = await Promise.race([launched.exited, untilReady(port, password, launched)]);
    if (exit === "ready" && pid !== undefined) return { launched, port, pid };
    const output = readText(logFile) ?? "";
    if (/in use/.test(output) && attempt < PORT_ATTEMPTS) continue;
    const why = exit === "ready" ? "no pid" : describeExit(exit);
    throw new Error(`redis-server ended with ${why}:\n${lastLines(output)}`);
  }
}

function settings(dataDir: string, port: number, password: string): string {
  const lines = [
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(dataDir)}`,
    'save ""',
    "appendonly no",
    "daemonize no",
  ];
  return `${lines.join("\n")}\n`;
}

/** Pings until Redis answers. Never settles if the server ends: `exited` reports that. */
async function untilReady(port: number, password: string, launched: Launched): Promise<"ready"> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    password,
    maxRetriesPerRequest: null,
    retryStrategy: () => (launched.isRunning() ? POLL_MS : null),
  });
  client.on("error", () => {});
  const killing = setTimeout(() => launched.child.kill("SIGKILL"), START_TIMEOUT_MS);
  try {
    await client.ping();
    return "ready";
  } catch {
    return await new Promise(() => {});
  } finally {
    clearTimeout(killing);
    client.disconnect();
  }
}
