// Compiles the project to dist/ with plain tsc, and copies there what tsc does not: SDL and data.
// Files that have not changed since the last build are kept. It generates nothing: `npm run build`
// does that first.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "./command.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const OUTPUT = join(root, "dist");

/** Builds into `output`. Throws when the sources do not compile; tsc has printed why. */
export function build(output = OUTPUT): void {
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const buildInfo = join(output, ".tsbuildinfo");
  const args = ["-p", "tsconfig.build.json", "--outDir", output, "--tsBuildInfoFile", buildInfo];
  const { status } = spawnSync(process.execPath, [tsc, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Error("The sources do not compile: see above.");
  removeOrphans(output, "");
  for (const folder of ["kit", "router", "schema", "subgraphs"]) copyFiles(output, folder);
}

/** Removes the output of sources that no longer exist, and all copied files. */
function removeOrphans(output: string, folder: string): void {
  for (const entry of readdirSync(join(output, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOrphans(output, path);
    const source = path.replace(/\.js(\.map)?$/, ".ts");
    if (source !== path && !existsSync(join(root, source))) rmSync(join(output, path));
    if (isCopied(path)) rmSync(join(output, path));
  }
}

function copyFiles(output: string, folder: string): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) copyFiles(output, path);
    else if (isCopied(path)) cpSync(join(root, path), join(output, path));
  }
}

/** SDL, data beside the code that reads it, and a page with its script. */
const isCopied = (path: string) => /\.(?:graphql|txt|html|css|mjs)$/.test(path);

await command(import.meta.url, () => build());
