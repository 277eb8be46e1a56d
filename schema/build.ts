// Compiles the project to dist/ with plain tsc, and copies the SDL there, which tsc leaves behind.
// It generates nothing: `npm run build` does that first.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "./command.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const output = join(root, "dist");

function build(): void {
  rmSync(output, { recursive: true, force: true });
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The sources do not compile: see above.");
  for (const folder of ["kit", "schema", "subgraphs"]) copySdl(folder);
}

function copySdl(folder: string): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) copySdl(path);
    else if (entry.name.endsWith(".graphql")) cpSync(join(root, path), join(output, path));
  }
}

await command(import.meta.url, build);
