// Names and paths of this project and this machine. It starts nothing.
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of package.json, whether this file runs from the sources or from dist/. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("No package.json above local/: is the checkout complete?");
  return findRoot(parent);
}

/** The folder names of all subgraphs, in name order. */
export function subgraphNames(): string[] {
  return readdirSync(join(projectRoot, "subgraphs"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
}

export function migrationsFolder(subgraph: string): string {
  return join(projectRoot, "subgraphs", subgraph, "prisma", "migrations");
}

/** `DATABASE_URL_USERS` for `("DATABASE_URL", "users")`. */
export function variableOf(
  prefix: "DATABASE_URL" | "SUBGRAPH_URL" | "POSTGRES_PASSWORD",
  subgraph: string,
): string {
  return `${prefix}_${subgraph.toUpperCase().replaceAll("-", "_")}`;
}

/** The user's folder for downloads. All checkouts and test runs share it. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "meetinity");
}
