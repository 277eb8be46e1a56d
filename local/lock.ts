// Locks a data folder for one launcher. The lock is a file that names its holder. If the holder is
// dead, the next launcher takes it over.
import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { type Fingerprint, fingerprintOf, isSameProcess, readText } from "./leftovers.ts";

const POLL_MS = 100;
const STOP_TIMEOUT_MS = 30_000;

const fingerprintShape = z.object({ pid: z.number(), birth: z.string() });
const holderShape = fingerprintShape.extend({ parent: fingerprintShape.nullable() });

/** `parent` is the npm process that runs the holder. The holder stops when that process ends. */
type Holder = z.infer<typeof holderShape>;

/** The parent process if this process was started by an npm script, or null. */
export function npmParent(): Fingerprint | null {
  return process.env.npm_lifecycle_event ? fingerprintOf(process.ppid) : null;
}

/** Locks the folder and returns a function that unlocks it. Throws if another process holds it. */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = join(folder, "lock");
  const giveUpAt = Date.now() + STOP_TIMEOUT_MS;
  for (;;) {
    if (tryTake(file)) return () => rmSync(file, { force: true });
    const text = readText(file);
    const holder = parseHolder(text);
    if (text !== null && (!holder || !isSameProcess(holder))) breakStale(file, text);
    else if (holder && !(isStopping(holder) && Date.now() < giveUpAt)) throw inUse(folder, holder);
    else await delay(POLL_MS);
  }
}

/** Uses a link, which is atomic: nobody can read a lock that is only half written. */
function tryTake(file: string): boolean {
  const draft = `${file}.${process.pid}.draft`;
  const holder = { ...fingerprintOf(process.pid), parent: npmParent() };
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes a stale lock. Another launcher may have replaced it meanwhile: its lock is moved back.
 */
function breakStale(file: string, staleText: string): void {
  const moved = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, moved);
    if (readText(moved) !== staleText) linkSync(moved, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(moved, { force: true });
  }
}

/** True if the holder's npm has ended (kill -9 of npm alone): the holder then stops soon. */
function isStopping(holder: Holder): boolean {
  return holder.parent !== null && !isSameProcess(holder.parent);
}

function parseHolder(text: string | null): Holder | null {
  try {
    return holderShape.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

function inUse(folder: string, holder: Holder): Error {
  return new Error(
    `The data folder ${folder} is in use by process ${holder.pid}. ` +
      "Stop that process (Ctrl-C in its terminal), or use another folder: " +
      "MEETINITY_DATA=/another/folder npm start",
  );
}
