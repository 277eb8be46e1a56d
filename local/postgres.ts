// Runs an embedded PostgreSQL server in a data folder, on a free loopback port. It first stops a
// server that a killed launcher left there. databases.ts creates the databases.
import { closeSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { commandLineOf, fingerprintOf, readText, stopProcess } from "./leftovers.ts";
import { boundLogFile, freshLogFile } from "./log-files.ts";
import { freePort } from "./ports.ts";
import {
  cannotRun,
  findPostgres,
  type PostgresBinaries,
  postgresProcess,
} from "./postgres-binaries.ts";
import { ensureCluster, openHome } from "./postgres-cluster.ts";
import { endProcess, type Launched, launch } from "./processes.ts";
import { randomPassword, secretOnce } from "./secrets.ts";
import type { Server } from "./servers.ts";

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 10;
const PORT_ATTEMPTS = 5;
const CONNECTIONS_MAX = 300;

export interface PostgresOptions {
  /** Folder for this cluster only. Created if missing. */
  readonly dataDir: string;
  /** True: fsync, so a power cut loses nothing. False is faster, for tests. */
  readonly isDurable: boolean;
  /** Its former port. Default: any free port. */
  readonly port?: number | undefined;
  readonly logFile?: string;
  readonly onProgress?: (message: string) => void;
}

export interface Postgres extends Server {
  /** URL of the database `postgres` as superuser. It contains the password: never log it. */
  readonly adminUrl: string;
}

/** Starts the cluster of a data folder. The first start creates it, in about a second. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const binaries = await findPostgres();
  const home = await openHome(options.dataDir);
  const cluster = join(home, "cluster");
  const password = await secretOnce(join(home, "password"), randomPassword);
  await stopLeftover(cluster, options);
  await ensureCluster({ ...options, binaries, home, password });
  const { launched, port, pid } = await startServer(binaries, cluster, options);
  return {
    adminUrl: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    pid,
    exited: launched.exited,
    stop: () => stopServer(launched),
  };
}

/** Stops a server that a killed launcher left in this folder, and deletes a stale pid file. */
async function stopLeftover(cluster: string, options: PostgresOptions): Promise<void> {
  const pidFile = join(cluster, "postmaster.pid");
  const pid = Number(readText(pidFile)?.split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  const fingerprint = fingerprintOf(pid);
  if (fingerprint && commandLineOf(pid).includes(`-D ${cluster} `)) {
    options.onProgress?.(`stopping PostgreSQL (pid ${pid}), left by a start that was killed`);
    await stopProcess(fingerprint, "SIGINT", STOP_TIMEOUT_MS);
  }
  // PostgreSQL refuses to start if another program now has that pid.
  await rm(pidFile, { force: true });
}

interface Started {
  readonly launched: Launched;
  readonly port: number;
  readonly pid: number;
}

async function startServer(
  binaries: PostgresBinaries,
  cluster: string,
  options: PostgresOptions,
): Promise<Started> {
  const logFile = options.logFile ?? join(resolve(options.dataDir), "postgres.log");
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const log = freshLogFile(logFile);
    const launched = launch(binaries.postgres, serverFlags(cluster, port, options), {
      ...postgresProcess(),
      stdio: ["ignore", log, log],
      lastSignal: "SIGQUIT",
    });
    closeSync(log);
    void launched.exited.then(boundLogFile(logFile));
    const exit = await Promise.race([launched.exited, untilReady(cluster, launched)]);
    const { pid } = launched.child;
    if (exit === "ready" && pid !== undefined) return { launched, port, pid };
    const output = readText(logFile) ?? "";
    const isPortTaken = /could not bind|could not create any TCP/.test(output);
    if (isPortTaken && attempt < PORT_ATTEMPTS) continue;
    if (exit !== "ready") throw cannotRun("postgres", exit, output);
  }
}

function serverFlags(cluster: string, port: number, options: PostgresOptions): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: String(CONNECTIONS_MAX),
    timezone: "UTC",
    log_timezone: "UTC",
    // After a crash, flush the file system once. A flush for each file takes seconds.
    ...(process.platform === "linux" && { recovery_init_sync_method: "syncfs" }),
    ...(!options.isDurable && { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return [
    "-D",
    cluster,
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ];
}

/** Reads the state from the eighth line of the server's pid file, as pg_ctl does. */
async function untilReady(cluster: string, launched: Launched): Promise<"ready"> {
  const giveUpAt = Date.now() + START_TIMEOUT_MS;
  while (launched.isRunning()) {
    const lines = readText(join(cluster, "postmaster.pid"))?.split("\n") ?? [];
    if (lines[0] === String(launched.child.pid) && lines[7]?.trim() === "ready") return "ready";
    if (Date.now() > giveUpAt) launched.child.kill("SIGKILL");
    await delay(POLL_MS);
  }
  return new Promise(() => {});
}

/** Fast shutdown: ends all sessions and flushes committed data. */
async function stopServer(launched: Launched): Promise<void> {
  await endProcess(launched, "SIGINT", STOP_TIMEOUT_MS);
}
