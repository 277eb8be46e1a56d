// One launcher per data folder. The lock is a file that names its holder; the lock of a dead holder
// is taken over.
import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { type Fingerprint, fingerprintOf, isSameProcess, readText } from "./leftovers.ts";

const POLL_MS = 100;
const LEAVE_TIMEOUT_MS = 30_000;

const fingerprintShape = z.object({ pid: z.number(), birth: z.string() });
const holderShape = fingerprintShape.extend({ parent: fingerprintShape.nullable() });

/** `parent` is the npm that runs the holder, without which the holder stops by itself. */
type Holder = z.infer<typeof holderShape>;

/** The npm process above this one, when this one was started by an npm script. */
export function npmParent(): Fingerprint | null {
  return process.env.npm_lifecycle_event ? fingerprintOf(process.ppid) : null;
}

/**
 * Takes the folder for this process and returns what gives it back. Throws when another live
 * process has it.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = join(folder, "lock");
  const giveUpAt = Date.now() + LEAVE_TIMEOUT_MS;
  for (;;) {
    if (tryTake(file)) return () => rmSync(file, { force: true });
    const text = readText(file);
    const holder = parseHolder(text);
    if (text !== null && (!holder || !isSameProcess(holder))) breakStale(file, text);
    else if (holder && !(isLeaving(holder) && Date.now() < giveUpAt)) throw inUse(folder, holder);
    else await delay(POLL_MS);
  }
}

/** A link is atomic and carries its content: no one ever reads a lock half written. */
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
 * Two launchers may find the same stale lock: what was moved away is put back unless it is the
 * stale one.
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

/** Its npm is gone (kill -9 of npm alone): the holder notices that and stops within moments. */
function isLeaving(holder: Holder): boolean {
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
      "Stop that one (Ctrl-C in its terminal), or give this start a folder of its own: " +
      "MEETINITY_DATA=/another/folder npm start",
  );
}
