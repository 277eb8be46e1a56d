// Builds the web app where its sources have changed. The build goes into a temporary folder first,
// so that a router that serves the app never reads half of one.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { command } from "../schema/command.ts";
import { isFresh, replaceGenerated } from "../schema/generated-folder.ts";
import { describeExit, endProcess, launch } from "./processes.ts";
import { projectRoot } from "./project.ts";

const APP = join(projectRoot, "clients/app");
const OUTPUT = "dist";
/** The app with its configuration, the workspaces that it imports, and all versions. */
const SHARED = ["clients/sdk", "clients/ui", "tsconfig.json", "package-lock.json", "local/app.ts"];
const INPUTS = ["clients/app", ...SHARED];
const NO_INPUT = /^(?:node_modules|dist)$|^\.generating-|\.test\.tsx?$/;
const STOP_MS = 2_000;
const binShape = z.object({ bin: z.object({ vite: z.string() }) });

export interface AppOptions {
  readonly onProgress?: ((message: string) => void) | undefined;
  /** Aborting ends a build that runs; `buildApp` then throws. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings the built app up to date and returns its folder. Throws with the output of the build if it
 * fails. Generated code must be up to date.
 */
export async function buildApp({ onProgress, signal }: AppOptions = {}): Promise<string> {
  const stamp = await stampOf(INPUTS);
  const made = { folder: APP, target: OUTPUT, stamp };
  if (!(await isFresh(made))) {
    const startedAt = performance.now();
    onProgress?.("building the app");
    await replaceGenerated(made, (output) => runVite(output, signal));
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    onProgress?.(`the app is built (${seconds} s)`);
  }
  return join(APP, OUTPUT);
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

async function runVite(output: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const args = [vite(), "build", "--outDir", output, "--emptyOutDir", "--logLevel", "warn"];
  // Any other NODE_ENV would build React for development.
  const env = { ...process.env, NODE_ENV: "production", NO_COLOR: "1" };
  const stdio = ["ignore", "pipe", "pipe"] as const;
  const launched = launch(process.execPath, args, { cwd: APP, env, stdio: [...stdio] });
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
    `the app does not build (${describeExit(exit)}). To start without it: ` +
      `npm start -- --no-app\n${printed.join("").trim()}`,
  );
}

/** The command of the version that the app depends on. */
function vite(): string {
  const require = createRequire(join(APP, "package.json"));
  const { bin } = binShape.parse(require("vite/package.json"));
  return join(dirname(require.resolve("vite/package.json")), bin.vite);
}

await command(import.meta.url, async () => void (await buildApp({ onProgress: console.log })));
