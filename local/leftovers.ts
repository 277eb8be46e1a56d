// Stops processes that a killed launcher left behind. Small files record their pid and start time,
// so a pid that now belongs to another program is never touched.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";

const POLL_MS = 20;

const fingerprintShape = z.object({ pid: z.number().int().positive(), birth: z.string() });

/** Identifies a process, and distinguishes it from a later one with the same pid. */
export type Fingerprint = z.infer<typeof fingerprintShape>;

/** The process of a pid. Null if there is none; a zombie counts as none. */
export function fingerprintOf(pid: number): Fingerprint | null {
  const [state, birth] = process.platform === "linux" ? fromProc(pid) : fromPs(pid);
  return birth && state && !"ZX".includes(state) ? { pid, birth } : null;
}

/** State and start time in clock ticks since boot: fields 3 and 22 of proc_pid_stat(5). */
function fromProc(pid: number): [string | undefined, string | undefined] {
  const stat = readText(`/proc/${pid}/stat`) ?? "";
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return [fields[0], fields[19]];
}

function fromPs(pid: number): [string | undefined, string | undefined] {
  const line = psColumns(pid, "stat=,lstart=").trim();
  return [line[0], line.split(/\s+/).slice(1).join(" ")];
}

/** The arguments of a process, joined by spaces; empty when there is no such process. */
export function commandLineOf(pid: number): string {
  if (process.platform !== "linux") return psColumns(pid, "command=");
  return (readText(`/proc/${pid}/cmdline`) ?? "").replaceAll("\0", " ");
}

function psColumns(pid: number, columns: string): string {
  try {
    return execFileSync("ps", ["-o", columns, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return "";
  }
}

export function isSameProcess(fingerprint: Fingerprint): boolean {
  return fingerprintOf(fingerprint.pid)?.birth === fingerprint.birth;
}

/**
 * Records a child that was just launched. Synchronous, so that a kill -9 rarely comes before it.
 */
export function rememberProcess(file: string, pid: number): void {
  const fingerprint = fingerprintOf(pid);
  if (fingerprint) writeFileSync(file, JSON.stringify(fingerprint), { mode: 0o600 });
}

export function forgetProcess(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Stops the process that a file records, if it still runs, and deletes the file. Returns its pid.
 */
export async function stopRemembered(
  file: string,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<number | null> {
  const fingerprint = parseFingerprint(readText(file));
  const isStopped = fingerprint ? await stopProcess(fingerprint, signal, graceMs) : false;
  forgetProcess(file);
  return fingerprint && isStopped ? fingerprint.pid : null;
}

/** Stops every process that the files of a folder record, all at once. */
export async function stopAllRemembered(
  folder: string,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<number[]> {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const pids = await Promise.all(files.map((file) => stopRemembered(file, signal, graceMs)));
  return pids.filter((pid) => pid !== null);
}

function parseFingerprint(text: string | null): Fingerprint | null {
  try {
    return fingerprintShape.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

/**
 * Stops a process that is not our child: `signal`, then SIGKILL after `graceMs`. False if it had
 * already ended.
 */
export async function stopProcess(
  fingerprint: Fingerprint,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<boolean> {
  if (!isSameProcess(fingerprint)) return false;
  const killAt = Date.now() + graceMs;
  process.kill(fingerprint.pid, signal);
  while (isSameProcess(fingerprint)) {
    if (Date.now() > killAt) process.kill(fingerprint.pid, "SIGKILL");
    await delay(POLL_MS);
  }
  return true;
}

export function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
