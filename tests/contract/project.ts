// Where the project's files are, for tests that read them.
import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The absolute path of a file of the project. */
export function projectFile(path: string): string {
  return join(root, path);
}

const SKIPPED = new Set(["node_modules", "dist", "coverage", "generated"]);

/**
 * Paths of all hand-written files with one of these extensions, relative to the project, with
 * forward slashes.
 */
export function projectFiles(...extensions: readonly string[]): string[] {
  return filesIn("")
    .filter((path) => extensions.some((extension) => path.endsWith(extension)))
    .filter((path) => !GENERATED.has(path))
    .sort();
}

const GENERATED = new Set([
  "schema/supergraph.graphql",
  "schema/api.graphql",
  "schema/released.graphql",
]);

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path.split(sep).join("/")];
    const isSkipped = SKIPPED.has(entry.name) || entry.name.startsWith(".");
    return entry.isDirectory() && !isSkipped ? filesIn(path) : [];
  });
}
