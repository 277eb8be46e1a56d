// Builds the web apps whose sources have changed. A build goes into a temporary folder first, so
// that a router that serves the app never reads half of one.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { command } from "../schema/command.ts";
import { isFresh, replaceGenerated } from "../schema/generated-folder.ts";
import { describeExit, endProcess, launch } from "./processes.ts";
import { projectRoot } from "./project.ts";

/** Workspaces of `clients/`, each served at `/<name>/`: the app of attendees, and the portal. */
const APPS = ["app", "admin"] as const;
export type AppName = (typeof APPS)[number];
/** The folder of each built app. */
export type AppFolders = Readonly<Record<AppName, string>>;

const OUTPUT = "dist";
/** Beside the app with its configuration: the workspaces that apps import, and all versions. */
const SHARED = ["clients/sdk", "clients/ui", "tsconfig.json", "package-lock.json", "local/apps.ts"];
const NO_INPUT = /^(?:node_modules|dist)$|^\.generating-|\.(?:test|stories)\.tsx?$/;
const STOP_MS = 2_000;
const binShape = z.object({ bin: z.object({ vite: z.string() }) });

interface AppOptions {
  readonly onProgress?: ((message: string) => void) | undefined;
  /** Aborting ends a build that runs; `buildApps` then throws. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings the built apps up to date and returns their folders. Throws with the output of the build
 * if one fails. Generated code must be up to date.
 */
export async function buildApps(options: AppOptions = {}): Promise<AppFolders> {
  return { app: await buildApp("app", options), admin: await buildApp("admin", options) };
}

/** The setting `STATIC_MOUNTS` for apps. */
export function staticMountsOf(folders: AppFolders): string {
  return APPS.map((name) => `/${name}=${folders[name]}`).join(",");
}

async function buildApp(name: AppName, { onProgress, signal }: AppOptions): Promise<string> {
  const workspace = `clients/${name}`;
  const folder = join(projectRoot, workspace);
  const made = { folder, target: OUTPUT, stamp: await stampOf([workspace, ...SHARED]) };
  if (!(await isFresh(made))) {
    const startedAt = performance.now();
    onProgress?.(`building ${workspace}`);
    await replaceGenerated(made, (output) => runVite({ name, folder, output }, signal));
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    onProgress?.(`${workspace} is built (${seconds} s)`);
  }
  return join(folder, OUTPUT);
}

/** A digest of the names and contents of all files. */
async function stampOf(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of (await Promise.all(paths.map(filesIn))).flat()) {
    hash
      .update(`${path}\0`)
      .update(await readFile(join(projectRoot, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** The path itself if it is a file; in the order of names. */
async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(join(projectRoot, path), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOTDIR") return null;
      throw error;
    },
  );
  if (!entries) return [path];
  const inputs = entries.filter(({ name }) => !NO_INPUT.test(name));
  const names = inputs.map(({ name }) => join(path, name)).sort();
  return (await Promise.all(names.map(filesIn))).flat();
}

interface Build {
  readonly name: AppName;
  readonly folder: string;
  readonly output: string;
}

async function runVite(
  { name, folder, output }: Build,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const args = [vite(folder), "build", "--outDir", output, "--emptyOutDir", "--logLevel", "warn"];
  // Any other NODE_ENV would build React for development.
  const env = { ...process.env, NODE_ENV: "production", NO_COLOR: "1" };
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const launched = launch(process.execPath, args, { cwd: folder, env, stdio: [...stdio] });
  const printed: string[] = [];
  for (const stream of [launched.child.stdout, launched.child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => printed.push(text));
  }
  const stop = () => void endProcess(launched, "SIGTERM", STOP_MS);
  signal?.addEventListener("abort", stop);
  const exit = await launched.exited;
  signal?.removeEventListener("abort", stop);
  signal?.throwIfAborted();
  if (exit.code === 0) return;
  throw new Error(
    `clients/${name} does not build (${describeExit(exit)}). To start without apps: ` +
      `npm start -- --no-app\n${printed.join("").trim()}`,
  );
}

/** The command of the version that the app depends on. */
function vite(folder: string): string {
  const require = createRequire(join(folder, "package.json"));
  const { bin } = binShape.parse(require("vite/package.json"));
  return join(dirname(require.resolve("vite/package.json")), bin.vite);
}

await command(import.meta.url, async () => void (await buildApps({ onProgress: console.log })));
