// Runs Prometheus on a free loopback port, if it is installed: it scrapes all services of a stack
// and evaluates the rules of ops/. Its data are kept for a day.
import { closeSync, existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { settingsFor, type Target } from "../ops/prometheus.ts";
import { forgetProcess, readText, rememberProcess } from "./leftovers.ts";
import { freshLogFile, lastLines } from "./log-files.ts";
import { freePort } from "./ports.ts";
import { describeExit, endProcess, type Launched, launch } from "./processes.ts";
import { projectRoot } from "./project.ts";

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;
const POLL_MS = 100;
const SCRAPED_EVERY = "5s";
const RULES = join(projectRoot, "ops", "prometheus", "rules", "*.yml");

export interface Prometheus {
  readonly url: string;
  stop(): Promise<void>;
}

interface PrometheusOptions {
  readonly dataDir: string;
  /** Admin addresses by service. */
  readonly services: Readonly<Record<string, string>>;
  /** How often it scrapes, and evaluates the rules: `1s`. */
  readonly every?: string;
}

/** Resolves when it is ready; with null when there is none. Throws when it does not start. */
export async function startPrometheus(
  { dataDir, services, every = SCRAPED_EVERY }: PrometheusOptions,
  path = process.env.PATH ?? "",
): Promise<Prometheus | null> {
  const command = findCommand(path);
  if (!command) return null;
  const folder = join(dataDir, "prometheus");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const configFile = join(folder, "prometheus.json");
  const config = settingsFor(targetsOf(services), { rules: [RULES], every });
  // JSON is YAML, too.
  await writeFile(configFile, JSON.stringify(config, null, 2));
  const url = `http://127.0.0.1:${await freePort()}`;
  const logFile = join(dataDir, "logs", "prometheus.log");
  const log = freshLogFile(logFile);
  const flags = [
    `--config.file=${configFile}`,
    `--storage.tsdb.path=${join(folder, "data")}`,
    "--storage.tsdb.retention.time=1d",
    `--web.listen-address=${new URL(url).host}`,
  ];
  const launched = launch(command, flags, { cwd: folder, stdio: ["ignore", log, log] });
  closeSync(log);
  const processFile = join(dataDir, "run", "prometheus.json");
  const { pid } = launched.child;
  if (pid !== undefined) rememberProcess(processFile, pid);
  const stop = async () => {
    await endProcess(launched, "SIGTERM", STOP_TIMEOUT_MS);
    forgetProcess(processFile);
  };
  if (await isReady(url, launched)) return { url, stop };
  await stop();
  const why = describeExit(await launched.exited);
  throw new Error(`Prometheus did not start (${why}):\n${lastLines(readText(logFile) ?? "")}`);
}

function findCommand(path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, "prometheus"))
    .find((file) => existsSync(file));
}

/** Replicas of a service have its name, without their number. */
function targetsOf(services: PrometheusOptions["services"]): Target[] {
  return Object.entries(services).map(([name, url]) => ({
    service: name.replace(/-\d+$/, ""),
    address: new URL(url).host,
  }));
}

/** False when it ends, or is not ready in time. */
async function isReady(url: string, launched: Launched): Promise<boolean> {
  const until = Date.now() + START_TIMEOUT_MS;
  while (launched.isRunning() && Date.now() < until) {
    const answer = await fetch(new URL("/-/ready", url)).catch(() => null);
    if (answer?.ok) return true;
    await delay(POLL_MS);
  }
  return false;
}
