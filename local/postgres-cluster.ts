// The files of an embedded PostgreSQL cluster: finds their folder, and creates them once. It starts
// no server.
import { existsSync } from "node:fs";
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { readText } from "./leftovers.ts";
import {
  cannotRun,
  canReach,
  otherUser,
  type PostgresBinaries,
  postgresProcess,
} from "./postgres-binaries.ts";
import { launch } from "./processes.ts";

/** For clusters of root, if `nobody` may not enter the data folder. */
const ROOT_HOME = "/var/lib/meetinity";

/** The folder for the cluster: the data folder, or a linked folder that `nobody` can enter. */
export async function openHome(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(folder);
  if (!otherUser) return dataDir;
  const { uid, gid } = otherUser;
  const link = join(dataDir, "home");
  if (canReach(dirname(dataDir), uid)) {
    await chown(dataDir, uid, gid);
    return dataDir;
  }
  if (!existsSync(link)) {
    await mkdir(ROOT_HOME, { recursive: true });
    await chmod(ROOT_HOME, 0o711);
    const home = await mkdtemp(join(ROOT_HOME, "postgres-"));
    await chown(home, uid, gid);
    await rm(link, { force: true });
    await symlink(home, link);
  }
  return realpath(link);
}

export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  /** The result of `openHome`. */
  readonly home: string;
  /** Of the superuser `postgres`. */
  readonly password: string;
  readonly isDurable: boolean;
  readonly onProgress?: (message: string) => void;
}

/** Creates the cluster if there is none. Throws if it has another major version. */
export async function ensureCluster(options: ClusterOptions): Promise<void> {
  const { binaries, home } = options;
  const cluster = join(home, "cluster");
  if (!existsSync(cluster)) await makeCluster(options);
  const made = readText(join(cluster, "PG_VERSION"))?.trim();
  if (made === binaries.major) return;
  throw new Error(
    `The data in ${cluster} are from PostgreSQL ${made}; this checkout has ${binaries.major}. ` +
      "Move that folder away to start with an empty one, or check out the version that created it.",
  );
}

async function makeCluster(options: ClusterOptions): Promise<void> {
  const { home } = options;
  options.onProgress?.("creating the PostgreSQL cluster (first start only)");
  // Created in a draft folder and renamed when complete. The initdb of a killed start may still
  // run, so each start has its own draft.
  for (const name of await readdir(home)) {
    if (name.includes(".draft-")) await rm(join(home, name), { recursive: true, force: true });
  }
  const draft = join(home, `cluster.draft-${process.pid}`);
  const passwordFile = join(home, `password.draft-${process.pid}`);
  await writeFile(passwordFile, options.password, { mode: 0o600 });
  if (otherUser) await chown(passwordFile, otherUser.uid, otherUser.gid);
  try {
    await runInitdb(draft, passwordFile, options);
    await rename(draft, join(home, "cluster"));
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  folder: string,
  passwordFile: string,
  options: ClusterOptions,
): Promise<void> {
  const flags = [
    `--pgdata=${folder}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // PostgreSQL's own C.UTF-8: the same order and case rules on every operating system.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(options.isDurable ? [] : ["--no-sync"]),
  ];
  let output = "";
  const { child, exited } = launch(options.binaries.initdb, flags, {
    ...postgresProcess(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const exit = await exited;
  if (exit.code !== 0) throw cannotRun("initdb", exit, output);
}
