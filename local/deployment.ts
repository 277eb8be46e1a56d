// Starts the services of a stack from their entry points: replicas of each subgraph, and routers in
// front of them.
import { join } from "node:path";
import { routerEnvironment, type Shared, subgraphEnvironment } from "./environment.ts";
import { firstFreePair, isPortFree } from "./ports.ts";
import { untilReady } from "./readiness.ts";
import { type Service, startService } from "./services.ts";
import { settleAll, type Undo } from "./undo.ts";

const PORT_ATTEMPTS = 5;

export interface DeploymentOptions {
  readonly dataDir: string;
  readonly shared: Shared;
  /** Processes by subgraph, and of `router`. Default 1. */
  readonly counts: Readonly<Record<string, number>>;
  /** Run what `npm run build` made instead of the sources. */
  readonly isCompiled: boolean;
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal;
}

export interface RouterPorts {
  readonly host: string;
  /** 0 is any free port. */
  readonly port: number;
  /** Undefined: the one after `port`, or any when that is 0. */
  readonly adminPort: number | undefined;
  /** False: when the port is taken the next free ones are used. */
  readonly isPortFixed: boolean;
}

/** The services of each subgraph, by subgraph. */
export type Replicas = Readonly<Record<string, readonly Service[]>>;

/** Starts all replicas of all subgraphs side by side. How to stop them is pushed to `undos`. */
export async function startSubgraphs(
  options: DeploymentOptions,
  databases: Readonly<Record<string, string>>,
  undos: Undo[],
): Promise<Replicas> {
  const started: Service[] = [];
  undos.push(() => stopServices(started));
  const starts = Object.entries(databases).map(async ([name, databaseUrl]) => {
    const env = subgraphEnvironment(options.shared, name, databaseUrl);
    const services = Array.from({ length: options.counts[name] ?? 1 }, async (_, index) => {
      const service = await startOne(
        options,
        replicaName(name, index),
        `subgraphs/${name}/main`,
        env,
      );
      started.push(service);
      return service;
    });
    return [name, await settleAll(services)] as const;
  });
  return Object.fromEntries(await settleAll(starts));
}

/** Starts the routers side by side and waits until they are ready. The first one gets `ports`. */
export async function startRouters(
  options: DeploymentOptions,
  replicas: Replicas,
  ports: RouterPorts,
  undos: Undo[],
): Promise<readonly Service[]> {
  const started: Service[] = [];
  undos.push(() => stopServices(started));
  const starts = Array.from({ length: options.counts.router ?? 1 }, async (_, index) => {
    const own = index === 0 ? ports : { ...ports, port: 0, adminPort: 0 };
    const router = await startRouter(options, index, replicas, own);
    started.push(router);
    await untilReady(router.url, options.signal);
    return router;
  });
  return settleAll(starts);
}

async function stopServices(services: readonly Service[]): Promise<void> {
  await settleAll(services.map((service) => service.stop()));
}

/** Router number `index` asks the replica of that number of each subgraph, counted round. */
async function startRouter(
  options: DeploymentOptions,
  index: number,
  replicas: Replicas,
  wanted: RouterPorts,
): Promise<Service> {
  const urls = Object.entries(replicas).map(([name, services]) => [
    name,
    services[index % services.length]?.url ?? "",
  ]);
  const subgraphs: Record<string, string> = Object.fromEntries(urls);
  for (let attempt = 1; ; attempt += 1) {
    const ports = await choosePorts(wanted);
    const env = routerEnvironment(options.shared, { ...ports, host: wanted.host, subgraphs });
    try {
      return await startOne(options, replicaName("router", index), "router/main", env);
    } catch (error) {
      // Another stack may take a port between our look and the router's bind.
      const isLost = !wanted.isPortFixed && String(error).includes("EADDRINUSE");
      if (!isLost || attempt === PORT_ATTEMPTS) throw error;
    }
  }
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
    `Port ${port} (${variable}) is taken by another program. Stop that one, or choose another: ` +
      `${variable}=${port + 100} npm start`,
  );
}

function startOne(
  options: DeploymentOptions,
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
    ...(options.onWarning && { onWarning: options.onWarning }),
    ...(options.signal && { signal: options.signal }),
  });
}

/** `users` for the first, `users-2` for the second. */
function replicaName(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}
