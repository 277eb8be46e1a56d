// Starts the services of a stack as processes: replicas of each subgraph, their workers, routers.
import { join } from "node:path";
import {
  routerEnvironment,
  type Shared,
  subgraphEnvironment,
  workersEnvironment,
} from "./environment.ts";
import { firstFreePair, freePorts, isPortFree } from "./ports.ts";
import { untilReady } from "./readiness.ts";
import { type Service, startService } from "./services.ts";
import { settleAll, type Undo, undoAll } from "./undo.ts";

const PORT_ATTEMPTS = 5;

/** How each process of a deployment is launched. */
export interface LaunchOptions {
  readonly dataDir: string;
  /** Run what `npm run build` made instead of the sources. */
  readonly isCompiled: boolean;
  readonly logBytesMax?: number;
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal;
}

export interface DeploymentOptions extends LaunchOptions {
  readonly shared: Shared;
  /** Processes by subgraph, of `workers`, and of `router`. Default 1. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface RouterPorts {
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  /** Undefined: `port` + 1, or any free port when `port` is 0. */
  readonly adminPort: number | undefined;
  /** False: if the port is taken, the next free ports are used. */
  readonly isPortFixed: boolean;
}

/** The services of each subgraph, by subgraph. */
export type Replicas = Readonly<Record<string, readonly Service[]>>;

export interface Deployment {
  readonly replicas: Replicas;
  /** Each has the workers of all subgraphs. */
  readonly workers: readonly Service[];
  readonly routers: readonly Service[];
}

/**
 * Starts all subgraphs, workers and routers in parallel, and waits until the routers are ready. The
 * first router gets `ports`. `undos` receives what stops them.
 */
export async function startServices(
  options: DeploymentOptions,
  databases: Readonly<Record<string, string>>,
  ports: RouterPorts,
  undos: Undo[],
): Promise<Deployment> {
  for (let attempt = 1; ; attempt += 1) {
    const started: Undo[] = [];
    try {
      const deployment = await startTogether(options, databases, ports, started);
      undos.push(...started);
      return deployment;
    } catch (error) {
      await undoAll(started);
      // Another program may take a port after our check and before the service binds it.
      const isPortLost = String(error).includes("EADDRINUSE");
      if (!isPortLost || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

/** Chooses all addresses first, so that all services can start in parallel. */
async function startTogether(
  options: DeploymentOptions,
  databases: Readonly<Record<string, string>>,
  wanted: RouterPorts,
  undos: Undo[],
): Promise<Deployment> {
  const addresses = await chooseAddresses(Object.keys(databases), options.counts);
  const first = await firstRouterPorts(wanted);
  const publicUrl = `http://localhost:${first.port}`;
  const [replicas, workers, routers] = await settleAll([
    startSubgraphs(options, databases, undos, addresses),
    startWorkers(options, databases, undos, publicUrl),
    startRouters(options, addresses, { ...first, host: wanted.host }, undos),
  ]);
  await settleAll(routers.map(({ url }) => untilReady(url, options.signal)));
  return { replicas, workers, routers };
}

/** The base URLs of the replicas of each subgraph, by subgraph. */
type Addresses = Readonly<Record<string, readonly string[]>>;

async function chooseAddresses(
  names: readonly string[],
  counts: DeploymentOptions["counts"],
): Promise<Addresses> {
  const ports = await freePorts(names.reduce((sum, name) => sum + (counts[name] ?? 1), 0));
  return Object.fromEntries(
    names.map((name) => {
      const own = ports.splice(0, counts[name] ?? 1);
      return [name, own.map((port) => `http://127.0.0.1:${port}`)] as const;
    }),
  );
}

/**
 * Starts all replicas of all subgraphs in parallel. One without an address gets any free port.
 * `undos` receives what stops them.
 */
export async function startSubgraphs(
  options: DeploymentOptions,
  databases: Readonly<Record<string, string>>,
  undos: Undo[],
  addresses: Addresses = {},
): Promise<Replicas> {
  const started: Service[] = [];
  undos.push(() => stopServices(started));
  const starts = Object.entries(databases).map(async ([name, databaseUrl]) => {
    const env = subgraphEnvironment(options.shared, name, databaseUrl);
    const services = Array.from({ length: options.counts[name] ?? 1 }, async (_, index) => {
      const address = addresses[name]?.[index];
      const service = await startOne(options, replicaName(name, index), `subgraphs/${name}/main`, {
        ...env,
        ...(address !== undefined && { PORT: new URL(address).port }),
      });
      started.push(service);
      return service;
    });
    return [name, await settleAll(services)] as const;
  });
  return Object.fromEntries(await settleAll(starts));
}

/**
 * Starts the workers: one process for those of all subgraphs, because four would double the memory
 * of a developer's machine. A deployment has one for each.
 */
async function startWorkers(
  options: DeploymentOptions,
  databases: Readonly<Record<string, string>>,
  undos: Undo[],
  publicUrl: string,
): Promise<readonly Service[]> {
  const started: Service[] = [];
  undos.push(() => stopServices(started));
  const env = workersEnvironment(options.shared, databases, publicUrl);
  const starts = Array.from({ length: options.counts.workers ?? 1 }, async (_, index) => {
    const worker = await startOne(options, replicaName("workers", index), "local/workers", env);
    started.push(worker);
    return worker;
  });
  return settleAll(starts);
}

/** Starts the routers in parallel. They may listen before the subgraphs do. */
async function startRouters(
  options: DeploymentOptions,
  addresses: Addresses,
  first: { readonly host: string; readonly port: number; readonly adminPort: number },
  undos: Undo[],
): Promise<readonly Service[]> {
  const started: Service[] = [];
  undos.push(() => stopServices(started));
  const starts = Array.from({ length: options.counts.router ?? 1 }, async (_, index) => {
    const own = index === 0 ? first : { port: 0, adminPort: 0 };
    const subgraphs = addressesOf(addresses, index);
    const env = routerEnvironment(options.shared, { ...own, host: first.host, subgraphs });
    const router = await startOne(options, replicaName("router", index), "router/main", env);
    started.push(router);
    return router;
  });
  return settleAll(starts);
}

/** Router `index` uses replica `index` of each subgraph, modulo the number of replicas. */
function addressesOf(addresses: Addresses, index: number): Record<string, string> {
  const own = Object.entries(addresses).map(([name, urls]) => [
    name,
    urls[index % urls.length] ?? "",
  ]);
  return Object.fromEntries(own);
}

async function stopServices(services: readonly Service[]): Promise<void> {
  await settleAll(services.map((service) => service.stop()));
}

/** The ports for the first router, never 0: workers need its address for links. */
async function firstRouterPorts(wanted: RouterPorts): Promise<{ port: number; adminPort: number }> {
  const ports = await choosePorts(wanted);
  if (ports.port !== 0) return ports;
  const [port = 0] = await freePorts(1);
  return { ...ports, port };
}

/** The ports for the router. Throws when a fixed one is taken. */
export async function choosePorts(
  wanted: RouterPorts,
): Promise<{ port: number; adminPort: number }> {
  const { host, port, adminPort, isPortFixed } = wanted;
  if (port === 0) return { port, adminPort: adminPort ?? 0 };
  if (!isPortFixed && adminPort === undefined) {
    const free = await firstFreePair(port, host);
    return { port: free, adminPort: free + 1 };
  }
  await refuseTaken("PORT", port, host);
  await refuseTaken("ADMIN_PORT", adminPort ?? port + 1, host);
  return { port, adminPort: adminPort ?? port + 1 };
}

async function refuseTaken(variable: string, port: number, host: string): Promise<void> {
  if (port === 0 || (await isPortFree(port, host))) return;
  throw new Error(
    `Port ${port} (${variable}) is taken by another program. Stop that program, or choose another port: ` +
      `${variable}=${port + 100} npm start`,
  );
}

export function startOne(
  options: LaunchOptions,
  name: string,
  module: string,
  env: NodeJS.ProcessEnv,
): Promise<Service> {
  const args = options.isCompiled
    ? ["--conditions=compiled", "--enable-source-maps", `dist/${module}.js`]
    : ["--import", "tsx", `${module}.ts`];
  return startService({
    name,
    args,
    env,
    logFile: join(options.dataDir, "logs", `${name}.log`),
    processFile: join(options.dataDir, "run", `${name}.json`),
    ...(options.logBytesMax !== undefined && { logBytesMax: options.logBytesMax }),
    ...(options.onWarning && { onWarning: options.onWarning }),
    ...(options.signal && { signal: options.signal }),
  });
}

/** `users` for the first, `users-2` for the second. */
function replicaName(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
