// The flags and environment settings of `npm start`. They are checked before anything starts.
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { port, readConfig } from "#kit/service/config";
import { isRefusedByBrowsers } from "./ports.ts";
import { projectRoot } from "./project.ts";

const PORT_DEFAULT = 4_000;

export interface Settings {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly adminPort: number | undefined;
  /** True if a port is set. If it is taken, the start fails and does not look for another port. */
  readonly isPortFixed: boolean;
  readonly isProduction: boolean;
  readonly isDemoWanted: boolean;
  /** False with `--no-app`, and if STATIC_MOUNTS names what to serve. */
  readonly isAppWanted: boolean;
  readonly publicUrl: string | undefined;
  readonly isObserved: boolean;
}

/** Throws with every mistake in the flags or the environment. Empty variables count as not set. */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const flags = readFlags(args);
  const config = readConfig(
    {
      HOST: z.string().default("127.0.0.1"),
      PORT: port
        .refine((value) => !isRefusedByBrowsers(value), "browsers refuse this port: choose another")
        .optional(),
      ADMIN_PORT: port.optional(),
      MEETINITY_DATA: z.string().default(join(projectRoot, ".meetinity")),
      NODE_ENV: z.string().default("development"),
      PUBLIC_URL: z.string().optional(),
      STATIC_MOUNTS: z.string().optional(),
    },
    env,
  );
  const isProduction = config.NODE_ENV === "production";
  return {
    dataDir: resolve(projectRoot, config.MEETINITY_DATA),
    host: config.HOST,
    port: config.PORT ?? PORT_DEFAULT,
    adminPort: config.ADMIN_PORT,
    isPortFixed: config.PORT !== undefined || config.ADMIN_PORT !== undefined,
    isProduction,
    isDemoWanted: !flags["no-demo"] && !isProduction,
    isAppWanted: !flags["no-app"] && config.STATIC_MOUNTS === undefined,
    publicUrl: config.PUBLIC_URL,
    isObserved: flags.observe ?? false,
  };
}

const FLAGS = {
  "no-demo": { type: "boolean" },
  "no-app": { type: "boolean" },
  observe: { type: "boolean" },
} as const;

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: FLAGS }).values;
  } catch (error) {
    throw new Error(
      `${(error as Error).message.split(". ")[0]}. The flags are --no-demo (start empty), ` +
        "--no-app (without the web app) and --observe (traces and graphs of all services): " +
        "npm start -- --no-demo",
    );
  }
}
