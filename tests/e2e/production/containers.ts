// Runs the containers of docker-compose.yml as processes on this machine, with their commands and
// environments. Addresses of this machine replace the hosts of the container network.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseYAML } from "confbox";
import { z } from "zod";
import { freePorts } from "../../../local/ports.ts";
import { projectRoot } from "../../../local/project.ts";
import type { Image } from "./image.ts";

const composeShape = z.object({
  services: z.record(
    z.string(),
    z.object({
      build: z.string().optional(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).default({}),
    }),
  ),
});

/** The servers that the containers use, and the secrets of `.env`. */
export interface Surroundings {
  readonly secrets: Readonly<NodeJS.Dict<string>>;
  /** URLs by subgraph. */
  readonly databases: Readonly<Record<string, string>>;
  readonly redisUrl: string;
  /** In place of the volume of the store of files. */
  readonly filesFolder: string;
}

export interface Container {
  readonly url: string;
  readonly logs: () => string;
  /** Sends SIGTERM. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface Containers {
  /** Starts a container that keeps running. */
  start(name: string): Container;
  /** Runs a container, or another command in it, and waits for its end. */
  run(name: string, command?: readonly string[]): Promise<{ code: number | null; logs: string }>;
  /** Runs the health check of the image against a container. */
  isHealthy(name: string): Promise<boolean>;
}

/** Reads docker-compose.yml. Starts nothing. */
export async function openContainers(image: Image, around: Surroundings): Promise<Containers> {
  const text = await readFile(join(projectRoot, "docker-compose.yml"), "utf8");
  const { services } = composeShape.parse(parseYAML(text));
  const own = Object.entries(services).filter(([, { build }]) => build !== undefined);
  const ports = await freePorts(own.length);
  const portOf = new Map(own.map(([name], at) => [name, String(ports[at])]));

  const environmentOf = (name: string): Record<string, string> => {
    const given = Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [
      variable,
      here(interpolated(value, around.secrets), around, portOf),
    ]);
    const { PATH = "" } = process.env;
    const environment = { PATH, ...image.environment, ...Object.fromEntries(given) };
    return { ...environment, PORT: portOf.get(name) ?? "", ADMIN_PORT: "0" };
  };
  const launch = (name: string, args: readonly string[]) => {
    const env = environmentOf(name);
    const child = spawn(process.execPath, args, { cwd: image.folder, env });
    let logs = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        logs += text;
      });
    }
    const ended = once(child, "close").then(([code]) => code as number | null);
    return { child, ended, logs: () => logs };
  };
  const programOf = (name: string, command = services[name]?.command ?? image.command) => [
    ...image.entrypoint,
    ...command,
  ];
  return {
    start(name) {
      const { child, ended, logs } = launch(name, programOf(name));
      const stop = () => {
        child.kill("SIGTERM");
        return ended;
      };
      return { url: `http://127.0.0.1:${portOf.get(name)}`, logs, stop };
    },
    async run(name, command) {
      const { ended, logs } = launch(name, programOf(name, command));
      return { code: await ended, logs: logs() };
    },
    async isHealthy(name) {
      return (await launch(name, ["--eval", image.healthCheck]).ended) === 0;
    },
  };
}

const FILES_VOLUME = "/var/lib/meetinity";
/** One that contains no other. */
const VARIABLE = /\$\{(\w+)(?::([-?])([^${}]*))?\}/g;

/** Replaces `${NAME:?message}` and `${NAME:-default}` like docker compose, the inner ones first. */
function interpolated(value: string, secrets: Readonly<NodeJS.Dict<string>>): string {
  const replaced = value.replaceAll(VARIABLE, (_, name, kind, rest = "") => {
    const found = secrets[name];
    if (found) return found;
    if (kind === "?") throw new Error(`${name} ${rest}: \`npm run keys\` does not print it`);
    return rest;
  });
  return replaced === value ? value : interpolated(replaced, secrets);
}

/** Replaces the hosts of the container network by addresses of this machine. */
function here(
  value: string,
  { databases, redisUrl, filesFolder }: Surroundings,
  portOf: ReadonlyMap<string, string>,
): string {
  const database = /@postgres:5432\/(\w+)$/.exec(value)?.[1];
  if (database) return databases[database] ?? "";
  if (/@redis:6379$/.test(value)) return redisUrl;
  if (value === FILES_VOLUME) return filesFolder;
  return value.replace(/^http:\/\/(\w+):4000/, (whole, name) => {
    const port = portOf.get(name);
    return port ? `http://127.0.0.1:${port}` : whole;
  });
}
