// All of Meetinity on one machine, like a deployment: databases, Redis, subgraphs, workers, router.
// `npm start` and the test suite use it. It seeds nothing and prints nothing.
import { chmod, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type AppFolders, staticMountsOf } from "./apps.ts";
import { type Backing, startBacking } from "./backing.ts";
import { choosePorts, type Replicas, type RouterPorts, startServices } from "./deployment.ts";
import { type Keys, loadKeys } from "./keys.ts";
import { stopAllRemembered } from "./leftovers.ts";
import { lockFolder } from "./lock.ts";
import type { Mailbox } from "./mailbox/mailbox.ts";
import { subgraphNames } from "./project.ts";
import type { Service } from "./services.ts";
import { openStorage } from "./storage.ts";
import { settleAll, type Undo, undoAll } from "./undo.ts";

/** Short, because leftovers began to stop when their launcher died. */
const LEFTOVER_GRACE_MS = 3_000;

export interface StackOptions {
  /** Holds all files of this stack. Created if missing; locked while the stack runs. */
  readonly dataDir: string;
  /** The first router's. Default 0, any free port. */
  readonly port?: number;
  /** Default: `port` + 1, or any when `port` is 0. */
  readonly adminPort?: number;
  /** False: if `port` is taken, the next two free ports are used. Default true. */
  readonly isPortFixed?: boolean;
  /** Interface of the router. Default 127.0.0.1. All other services always listen on 127.0.0.1. */
  readonly host?: string;
  /** fsync of PostgreSQL. Default true. Tests that do not simulate a power cut turn it off. */
  readonly isDurable?: boolean;
  /**
   * Processes of each subgraph, of `workers`, and of `router`. Default 1. Router 2 uses the second
   * replica of each subgraph.
   */
  readonly replicas?: Readonly<Record<string, number>>;
  /** Environment variables for every service, and for the services of one name. */
  readonly env?: Readonly<Record<string, string>>;
  readonly envOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Makes the folders of the apps that the routers serve, while the databases start. Default: they
   * serve none.
   */
  readonly apps?: () => Promise<AppFolders>;
  /** Run what `npm run build` made instead of the sources. Default false. */
  readonly isCompiled?: boolean;
  /** Before it is larger, the log of a service begins anew. Default: LOG_BYTES_MAX. */
  readonly logBytesMax?: number;
  /** Aborting stops a start that is not finished; `startStack` then throws. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (message: string) => void;
  /** Receives crashes, restarts and the errors that services log. */
  readonly onWarning?: (message: string) => void;
}

export interface StackUrls {
  /** The first router's `/graphql` (HTTP and WebSocket). */
  readonly graphql: string;
  /** Base URLs for operators, by service: `users`, `users-2`, `workers`, `router`, … */
  readonly admin: Readonly<Record<string, string>>;
  /** Base URL of each router. */
  readonly routers: readonly string[];
  /** Base URLs of the replicas, by subgraph. */
  readonly subgraphs: Readonly<Record<string, readonly string[]>>;
  /** The URLs of Redis and of the databases contain passwords: never log them. */
  readonly redis: string;
  readonly databases: Readonly<Record<string, string>>;
}

export interface Stack {
  readonly dataDir: string;
  readonly urls: StackUrls;
  readonly keys: Keys;
  /** The settings by which services reach the store of files. */
  readonly storage: Readonly<Record<string, string>>;
  /** Prefix of all keys and channels of this stack in Redis. */
  readonly redisPrefix: string;
  /** Takes `users`, `users-2`, `workers`, `router`, … Throws if the stack has no such service. */
  service(name: string): Service;
  /**
   * Kills one service, `postgres` or `redis` with kill -9. Resolves when it is dead; it is then
   * restarted with backoff, `downMs` later than after a crash.
   */
  kill(name: string, downMs?: number): Promise<void>;
  /** Resolves when a service or server runs: at once, or after its restart. */
  running(name: string): Promise<void>;
  /** Stops everything, routers first. Safe to call again. */
  stop(): Promise<void>;
}

/** Resolves when all routers are ready. A start that fails stops everything that it started. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const undos: Undo[] = [];
  try {
    return await build(options, undos);
  } catch (error) {
    await undoAll(undos).catch(() => {});
    throw error;
  }
}

async function build(options: StackOptions, undos: Undo[]): Promise<Stack> {
  const dataDir = await openFolder(resolve(options.dataDir), undos, options);
  const ports = routerPorts(options);
  await choosePorts(ports);
  const subgraphs = subgraphNames();
  const keys = await loadKeys(dataDir);
  const [backing, files, mailbox, apps] = await settleAll([
    startBacking(
      { isDurable: true, environment: process.env, ...options, dataDir, subgraphs },
      undos,
    ),
    openStorage({ ...options, dataDir }, keys, undos),
    openMailbox(options, undos),
    options.apps?.(),
  ]);
  options.signal?.throwIfAborted();
  const shared = {
    ...backing,
    keys,
    mailbox,
    storage: files.variables,
    inherited: process.env,
    env: options.env ?? {},
    envOf: withApps(options.envOf ?? {}, apps),
  };
  const deployment = {
    isCompiled: false,
    counts: options.replicas ?? {},
    ...options,
    dataDir,
    shared,
  };
  options.onProgress?.(`starting the router and the subgraphs ${subgraphs.join(", ")}`);
  const { replicas, workers, routers } = await startServices(
    deployment,
    backing.databases,
    ports,
    undos,
  );
  const served = [...Object.values(replicas).flat(), ...workers, ...routers];
  const services = [...served, ...files.services];
  const storage = files.variables;
  return stackOf({ dataDir, keys, storage, backing, replicas, routers, services, undos });
}

function withApps(
  envOf: NonNullable<StackOptions["envOf"]>,
  folders: AppFolders | undefined,
): NonNullable<StackOptions["envOf"]> {
  if (!folders) return envOf;
  return { ...envOf, router: { STATIC_MOUNTS: staticMountsOf(folders), ...envOf.router } };
}

async function openFolder(dataDir: string, undos: Undo[], options: StackOptions): Promise<string> {
  const run = join(dataDir, "run");
  await mkdir(run, { recursive: true, mode: 0o700 });
  // Root's PostgreSQL runs as another user, which must be able to enter this folder. Private files
  // in it have modes of their own.
  await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  const unlock = await lockFolder(dataDir);
  undos.push(async () => unlock());
  const pids = await stopAllRemembered(run, "SIGTERM", LEFTOVER_GRACE_MS);
  if (pids.length > 0) {
    options.onProgress?.(`stopped ${pids.length} services left by a start that was killed`);
  }
  return dataDir;
}

/** A mailbox, unless there is a mail server or this is production. */
async function openMailbox({ env = {} }: StackOptions, undos: Undo[]): Promise<Mailbox | null> {
  const { NODE_ENV, SMTP_URL } = { ...process.env, ...env };
  if (NODE_ENV === "production" || SMTP_URL) return null;
  // Loaded late: its packages are not installed in production.
  const { startMailbox } = await import("./mailbox/mailbox.ts");
  const mailbox = await startMailbox();
  undos.push(mailbox.stop);
  return mailbox;
}

function routerPorts(options: StackOptions): RouterPorts {
  return {
    host: options.host ?? "127.0.0.1",
    port: options.port ?? 0,
    adminPort: options.adminPort,
    isPortFixed: options.isPortFixed ?? true,
  };
}

interface Parts {
  readonly dataDir: string;
  readonly keys: Keys;
  readonly storage: Stack["storage"];
  readonly backing: Backing;
  readonly replicas: Replicas;
  readonly routers: readonly Service[];
  readonly services: readonly Service[];
  readonly undos: Undo[];
}

function stackOf(parts: Parts): Stack {
  const { backing, services } = parts;
  let stopping: Promise<void> | undefined;
  const service = (name: string): Service => {
    const found = services.find((candidate) => candidate.name === name);
    if (found) return found;
    const names = services.map((candidate) => candidate.name).join(", ");
    throw new Error(`There is no service ${name}. The services are ${names}.`);
  };
  return {
    dataDir: parts.dataDir,
    keys: parts.keys,
    storage: parts.storage,
    redisPrefix: backing.redisPrefix,
    urls: urlsOf(parts),
    service,
    kill: (name, downMs) =>
      backing.servers[name]?.kill(downMs) ?? service(name).kill("SIGKILL", downMs),
    running: (name) => backing.servers[name]?.running() ?? service(name).listening(),
    stop: () => {
      stopping ??= undoAll(parts.undos);
      return stopping;
    },
  };
}

function urlsOf({ backing, replicas, routers, services }: Parts): StackUrls {
  const [first] = routers;
  const subgraphs = Object.entries(replicas).map(([name, services]) => [
    name,
    services.map((service) => service.url),
  ]);
  return {
    graphql: first ? new URL("/graphql", first.url).href : "",
    admin: Object.fromEntries(services.map(({ name, adminUrl = "" }) => [name, adminUrl])),
    routers: routers.map((router) => router.url),
    subgraphs: Object.fromEntries(subgraphs),
    redis: backing.redisUrl,
    databases: backing.databases,
  };
}
