// Where a stack keeps files: the S3 that STORAGE_URL names, or an embedded store, which is a
// process of the stack with a port of its own.
import { join } from "node:path";
import { storageShape } from "#kit/storage/settings";
import { type LaunchOptions, startOne } from "./deployment.ts";
import { inheritedOf } from "./environment.ts";
import type { Keys } from "./keys.ts";
import { isPortFree } from "./ports.ts";
import type { Service } from "./services.ts";
import type { Undo } from "./undo.ts";

const BUCKET = "meetinity";
const REGION = "us-east-1";
/** Behind the router's port and the one for its operators. */
const PORT_AFTER_ROUTER = 2;

type Variables = Readonly<Record<string, string>>;

export interface KeptFiles {
  /** Of the services that use it, `STORAGE_URL` among them. */
  readonly variables: Variables;
  /** None where another S3 is used. */
  readonly services: readonly Service[];
}

interface StorageOptions extends Omit<LaunchOptions, "isCompiled"> {
  readonly isCompiled?: boolean;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** The router's; default 0, any. */
  readonly port?: number;
  readonly env?: Variables;
  readonly envOf?: Readonly<Record<string, Variables>>;
}

/** `undos` receives what stops it. */
export async function openStorage(
  options: StorageOptions,
  keys: Keys,
  undos: Undo[],
): Promise<KeptFiles> {
  const { dataDir, host = "127.0.0.1", port = 0, env, envOf } = options;
  const environment = { ...process.env, ...env, ...envOf?.storage };
  if (environment.STORAGE_URL) return { variables: variablesIn(environment), services: [] };
  const access = {
    STORAGE_BUCKET: BUCKET,
    STORAGE_REGION: REGION,
    STORAGE_ACCESS_KEY_ID: keys.STORAGE_ACCESS_KEY_ID,
    STORAGE_SECRET_ACCESS_KEY: keys.STORAGE_SECRET_ACCESS_KEY,
  };
  const { STORAGE_FREE_BYTES_MIN } = environment;
  const own = {
    ...inheritedOf(environment),
    HOST: host,
    PORT: String(await portAfter(port, host)),
    ADMIN_PORT: "0",
    STORAGE_FOLDER: join(dataDir, "files"),
    ...(STORAGE_FREE_BYTES_MIN && { STORAGE_FREE_BYTES_MIN }),
    ...access,
  };
  const service = await startOne({ isCompiled: false, ...options }, "storage", "local/store", own);
  undos.push(() => service.stop());
  const url = `http://127.0.0.1:${new URL(service.url).port}`;
  const publicUrl = environment.STORAGE_PUBLIC_URL || url;
  const variables = { STORAGE_URL: url, STORAGE_PUBLIC_URL: publicUrl, ...access };
  return { variables, services: [service] };
}

/** The same at each start, if it is free: a page that is open stays right. */
async function portAfter(routerPort: number, host: string): Promise<number> {
  const wanted = routerPort + PORT_AFTER_ROUTER;
  return routerPort !== 0 && (await isPortFree(wanted, host)) ? wanted : 0;
}

function variablesIn(environment: NodeJS.ProcessEnv): Variables {
  const own = Object.keys(storageShape).flatMap((name) => {
    const value = environment[name];
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(own);
}
