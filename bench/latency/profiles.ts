// CPU profiles of all services and their metrics, with `--profile`: files for a viewer of such.
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Stack } from "../../local/stack.ts";

const FOLDER = resolve(".meetinity", "bench", "profiles", "latency");
/** A service has no message that says so. */
const SETTLE_MS = 1_500;

export interface Profiles {
  start(): Promise<void>;
  end(): Promise<void>;
}

const isWished = process.argv.includes("--profile");

/** The settings that services need for it. */
export function profilesEnvironment(): Record<string, string> {
  if (!isWished) return {};
  const preloaded = resolve("dist/bench/latency/profiled-service.js");
  return { NODE_OPTIONS: `--import ${preloaded}`, PROFILE_DIR: FOLDER };
}

/** Null unless they are wished. */
export function createProfiles(stack: Stack): Profiles | null {
  if (!isWished) return null;
  const services = Object.entries(stack.urls.admin);
  const signal = async () => {
    for (const [name] of services) process.kill(stack.service(name).pid() ?? 0, "SIGUSR2");
    await delay(SETTLE_MS);
  };
  return {
    async start() {
      await mkdir(FOLDER, { recursive: true });
      await signal();
    },
    async end() {
      await signal();
      for (const [name, url] of services) {
        const metrics = await fetch(new URL("/metrics", url));
        const file = join(FOLDER, `${name}-${stack.service(name).pid()}.prom`);
        await writeFile(file, await metrics.text());
      }
      console.log(`profiles and metrics: ${FOLDER}`);
    },
  };
}
