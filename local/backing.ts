// The backing services: a migrated database for each subgraph, and one Redis. They are embedded
// unless the environment has URLs of others.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { createDatabases } from "./databases.ts";
import { migrate } from "./migrate.ts";
import { startPostgres } from "./postgres.ts";
import { migrationsFolder, variableOf } from "./project.ts";
import { startRedis } from "./redis.ts";
import { type KeptServer, keepRunning } from "./servers.ts";
import { settleAll, type Undo } from "./undo.ts";

export interface BackingOptions {
  readonly dataDir: string;
  readonly subgraphs: readonly string[];
  readonly isDurable: boolean;
  /** May have `DATABASE_URL_<NAME>`, `REDIS_URL` and `REDIS_PREFIX`. */
  readonly environment: NodeJS.ProcessEnv;
  readonly onProgress?: (message: string) => void;
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal;
}

export interface Backing {
  /** URL of each subgraph's database, by subgraph. */
  readonly databases: Record<string, string>;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** The servers that were started here, by name: `postgres`, `redis`. */
  readonly servers: Readonly<Record<string, KeptServer>>;
}

/** Starts, creates and migrates what is missing, in parallel. `undos` receives what stops it. */
export async function startBacking(options: BackingOptions, undos: Undo[]): Promise<Backing> {
  const servers: Record<string, KeptServer> = {};
  const [databases, redis] = await settleAll([
    openDatabases(options, undos, servers),
    openRedis(options, undos, servers),
  ]);
  return { databases, ...redis, servers };
}

async function openDatabases(
  options: BackingOptions,
  undos: Undo[],
  servers: Record<string, KeptServer>,
): Promise<Record<string, string>> {
  const external = options.subgraphs.flatMap((name) => {
    const url = options.environment[variableOf("DATABASE_URL", name)];
    return url ? [[name, url] as const] : [];
  });
  const databases: Record<string, string> = Object.fromEntries(external);
  const missing = options.subgraphs.filter((name) => !databases[name]);
  if (missing.length > 0) {
    const { server, urls } = await embedDatabases(options, missing, undos);
    servers.postgres = server;
    Object.assign(databases, urls);
  }
  const migrations = Object.entries(databases).map(([name, databaseUrl]) =>
    migrate({ ...options, name, databaseUrl, directory: migrationsFolder(name) }),
  );
  const applied = (await settleAll(migrations)).flat();
  options.onProgress?.(
    applied.length === 0 ? "databases are up to date" : `migrations applied: ${applied.length}`,
  );
  return databases;
}

async function embedDatabases(
  options: BackingOptions,
  names: readonly string[],
  undos: Undo[],
): Promise<{ server: KeptServer; urls: Record<string, string> }> {
  const logFile = join(options.dataDir, "logs", "postgres.log");
  const dataDir = join(options.dataDir, "postgres");
  const server = await keepRunning({
    name: "PostgreSQL",
    start: (port) => startPostgres({ ...options, dataDir, logFile, port }),
    ...options,
  });
  undos.push(server.stop);
  const { port, adminUrl } = server.first;
  options.onProgress?.(`PostgreSQL listens on port ${port}`);
  return { server, urls: await createDatabases(adminUrl, names) };
}

async function openRedis(
  options: BackingOptions,
  undos: Undo[],
  servers: Record<string, KeptServer>,
): Promise<{ redisUrl: string; redisPrefix: string }> {
  const { REDIS_URL: redisUrl, REDIS_PREFIX: redisPrefix } = options.environment;
  if (redisUrl) {
    // Other stacks may use that Redis too, so the prefix is specific to this folder.
    const folder = createHash("sha256").update(options.dataDir).digest("hex").slice(0, 8);
    return { redisUrl, redisPrefix: redisPrefix || `meetinity-${folder}` };
  }
  const logFile = join(options.dataDir, "logs", "redis.log");
  const dataDir = join(options.dataDir, "redis");
  const server = await keepRunning({
    name: "Redis",
    start: (port) => startRedis({ ...options, dataDir, logFile, port }),
    ...options,
  });
  undos.push(server.stop);
  servers.redis = server;
  const { first } = server;
  options.onProgress?.(`Redis listens on port ${first.port}`);
  return { redisUrl: first.url, redisPrefix: redisPrefix || "meetinity" };
}
