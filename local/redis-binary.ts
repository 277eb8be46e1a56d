// Finds a redis-server: on the PATH, in Homebrew's folders, or a private copy from the
// distribution's packages. It installs nothing on the system. All checkouts and test runs share the
// copy in the user's cache folder.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "./project.ts";

const run = promisify(execFile);

/** The first version with XAUTOCLAIM. Valkey's versions continue Redis 7.2. */
const VERSION_MIN = [6, 2] as const;
const PROGRAMS = ["redis-server", "valkey-server"];
const HOMEBREW = [
  "/opt/homebrew/bin",
  "/opt/homebrew/opt/redis/bin",
  "/usr/local/bin",
  "/usr/local/opt/redis/bin",
  "/home/linuxbrew/.linuxbrew/bin",
];
const APT_TIMEOUT_MS = 180_000;
const APT_OPTIONS = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20"];

export interface RedisBinary {
  readonly command: string;
  /** Environment variables with which the program finds its libraries. */
  readonly env: Record<string, string>;
}

export interface FindOptions {
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * The first redis-server of version 6.2 or newer that runs here. If there is none, it throws and
 * lists the ways to install one.
 */
export async function findRedis(options: FindOptions = {}): Promise<RedisBinary> {
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), ...HOMEBREW];
  for (const folder of folders) {
    for (const program of PROGRAMS) {
      const binary = { command: join(folder, program), env: {} };
      if (existsSync(binary.command) && (await isUsable(binary))) return binary;
    }
  }
  const known = await privateCopy(join(cacheFolder(), "redis"));
  return known ?? (await fetchCopy(options));
}

async function isUsable(binary: RedisBinary): Promise<boolean> {
  try {
    const env = { ...process.env, ...binary.env };
    const { stdout } = await run(binary.command, ["--version"], { env });
    return isNewEnough(stdout);
  } catch {
    return false;
  }
}

/** Checks the output of `redis-server --version`: `Redis server v=7.0.15 sha=…`. */
export function isNewEnough(versionLine: string): boolean {
  const [, major, minor] = /\bv=(\d+)\.(\d+)/.exec(versionLine)?.map(Number) ?? [];
  if (major === undefined || minor === undefined) return false;
  return major > VERSION_MIN[0] || (major === VERSION_MIN[0] && minor >= VERSION_MIN[1]);
}

async function privateCopy(folder: string): Promise<RedisBinary | null> {
  // In Debian's packages redis-server is a link to redis-check-rdb: one program, which acts by its
  // name. So keep the link.
  const command = join(folder, "usr", "bin", "redis-server");
  if (!existsSync(command)) return null;
  const libraries = [join(folder, "usr", "lib"), join(folder, "lib")].filter(existsSync);
  const triplets = await Promise.all(
    libraries.map(async (parent) => (await readdir(parent)).map((name) => join(parent, name))),
  );
  const binary = {
    command,
    env: { LD_LIBRARY_PATH: [...triplets.flat(), ...libraries].join(":") },
  };
  return (await isUsable(binary)) ? binary : null;
}

async function fetchCopy(options: FindOptions): Promise<RedisBinary> {
  const cache = cacheFolder();
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(join(cache, "redis-"));
  try {
    options.onProgress?.("downloading a private copy of Redis with apt (once on this machine)");
    await unpackPackages(draft, options);
    if (!(await privateCopy(draft))) throw new Error("the copy does not run");
    return await publish(draft, join(cache, "redis"));
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw noRedis(cause);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Moves the copy into the cache. If another process was faster, its copy is used. */
async function publish(draft: string, folder: string): Promise<RedisBinary> {
  if (existsSync(folder) && !(await privateCopy(folder))) {
    const broken = await mkdtemp(`${folder}-broken-`);
    await rename(folder, broken).catch(() => {});
    await rm(broken, { recursive: true, force: true });
  }
  await rename(draft, folder).catch(() => {});
  const binary = await privateCopy(folder);
  if (!binary) throw new Error(`${folder} cannot be written`);
  return binary;
}

/** Package lists may be missing or out of date: root updates them and tries again. */
async function unpackPackages(folder: string, options: FindOptions): Promise<void> {
  try {
    await downloadAndUnpack(folder, options);
  } catch (error) {
    const isRoot = process.getuid?.() === 0;
    if (!isRoot || (error as NodeJS.ErrnoException).code === "ENOENT") throw error;
    options.onProgress?.("updating apt's package lists");
    await apt(["update"], folder, options);
    await downloadAndUnpack(folder, options);
  }
}

async function downloadAndUnpack(folder: string, options: FindOptions): Promise<void> {
  const simulated = await apt(
    ["install", "--simulate", "--no-install-recommends", "redis-server"],
    folder,
    options,
  );
  await apt(["download", ...packagesToFetch(simulated)], folder, options);
  const packages = (await readdir(folder)).filter((name) => name.endsWith(".deb"));
  for (const name of packages) {
    await run("dpkg-deb", ["--extract", name, "."], { cwd: folder });
    await rm(join(folder, name));
  }
}

/** The packages in the output of a simulated install: `Inst redis-tools (5:7.0.15 Debian:12)`. */
export function packagesToFetch(simulated: string): string[] {
  return [...simulated.matchAll(/^Inst (\S+) /gm)].map((match) => match[1] ?? "");
}

async function apt(args: string[], cwd: string, options: FindOptions): Promise<string> {
  const { stdout } = await run("apt-get", [...APT_OPTIONS, ...args], {
    cwd,
    env: { ...process.env, LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" },
    timeout: APT_TIMEOUT_MS,
    ...(options.signal && { signal: options.signal }),
  });
  return stdout;
}

function noRedis(cause: unknown): Error {
  const { stderr, message } = cause as { stderr?: string; message?: string };
  const alternatives = [
    "Debian, Ubuntu: sudo apt-get install redis-server",
    "or only: sudo apt-get update (then the next start downloads a private copy)",
    "macOS: brew install redis",
    "your own server: REDIS_URL=redis://127.0.0.1:6379 npm start",
    "containers: docker compose up",
  ];
  const reason = (stderr || message || "").trim().split("\n").slice(-2).join(" ");
  return new Error(
    `Redis ${VERSION_MIN.join(".")} or newer is needed, and there is no redis-server on the PATH, in Homebrew's ` +
      `folders or from apt (${reason}). You can install one:\n  ${alternatives.join("\n  ")}`,
    { cause },
  );
}
