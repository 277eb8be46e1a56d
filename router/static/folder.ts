// One served folder: its files in memory, read again when a new build has taken its place. Hashed
// files of the build before stay, for pages that are still open.
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError } from "#kit/service/config";
import type { Log } from "#kit/service/logger";
import { readFiles, type StaticFile, type StaticFiles } from "./files.ts";
import type { StaticMount } from "./mounts.ts";

export const INDEX = "index.html";
/** Vite names files in here by their content. */
const HASHED = "assets/";
/** A build changes at least one of them. */
const WATCHED = ["", INDEX, HASHED];

export interface StaticFolder {
  /** The file at a path relative to the folder. */
  find(path: string): Promise<StaticFile | undefined>;
}

/** True for a file whose content never changes under its name. */
export function isHashed(path: string): boolean {
  return path.startsWith(HASHED);
}

/** Throws a `ConfigError` if there is no built app in the folder. */
export async function openStaticFolder(
  { path: mountPath, folder }: StaticMount,
  log: Log,
): Promise<StaticFolder> {
  let version = await versionOf(folder);
  let files = await readFiles(folder).catch((error: unknown) => {
    throw noApp(mountPath, error instanceof Error ? error.message : String(error));
  });
  if (!files.has(INDEX)) throw noApp(mountPath, `${folder} has no ${INDEX}`);
  let earlier: StaticFiles = new Map();
  let refreshing: Promise<void> | null = null;

  async function refresh(): Promise<void> {
    const found = await versionOf(folder);
    if (found === version) return;
    try {
      const next = await readFiles(folder);
      // A build that writes in place begins with an empty folder.
      if (!next.has(INDEX)) return;
      earlier = files;
      files = next;
      version = found;
      log.info({ path: mountPath, files: next.size }, "serving a new build");
    } catch (error) {
      // The next request tries again: one folder is replaced by the other in two steps.
      log.debug({ err: error, path: mountPath }, "a served folder could not be read");
    }
  }

  return {
    async find(path) {
      const hashed = isHashed(path) ? files.get(path) : undefined;
      if (hashed) return hashed;
      refreshing ??= refresh().finally(() => {
        refreshing = null;
      });
      await refreshing;
      return files.get(path) ?? (isHashed(path) ? earlier.get(path) : undefined);
    },
  };
}

/** Changes with each build. */
async function versionOf(folder: string): Promise<string> {
  const stats = await Promise.all(
    WATCHED.map((name) => stat(join(folder, name)).catch(() => null)),
  );
  return stats.map((each) => `${each?.ino} ${each?.mtimeMs} ${each?.size}`).join(", ");
}

function noApp(path: string, why: string): ConfigError {
  return new ConfigError(
    `STATIC_MOUNTS: no app can be served at ${path}: ${why}\nBuild it: npm run build`,
  );
}
