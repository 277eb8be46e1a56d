// Child processes that end with this one: every child that still runs when this process exits is
// killed. leftovers.ts stops the children after a kill -9 of this process.
import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Set when the program could not be run at all. */
  readonly error?: NodeJS.ErrnoException;
}

export interface Launched {
  readonly child: ChildProcess;
  /** Resolves when the process has ended or could not be run. Never rejects. */
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
}

export interface LaunchOptions extends SpawnOptions {
  /** Sent to the program when this process exits. Default SIGKILL. */
  readonly lastSignal?: NodeJS.Signals;
}

const running = new Map<ChildProcess, NodeJS.Signals>();
let isExitWatched = false;

/**
 * Starts a program in its own process group. So Ctrl-C in a terminal reaches only this process,
 * which then stops its children in order.
 */
export function launch(command: string, args: string[], options: LaunchOptions): Launched {
  if (!isExitWatched) process.once("exit", endAllNow);
  isExitWatched = true;
  const { lastSignal = "SIGKILL", ...spawnOptions } = options;
  const child = spawn(command, args, { ...spawnOptions, detached: true });
  running.set(child, lastSignal);
  const exited = new Promise<Exit>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, error });
    });
  });
  void exited.then(() => running.delete(child));
  return { child, exited, isRunning: () => running.has(child) };
}

/** Signals every child and does not wait. PostgreSQL recovers from this at its next start. */
function endAllNow(): void {
  for (const [child, signal] of running) child.kill(signal);
}

/** Sends `signal`, and SIGKILL after `graceMs`. Returns false if SIGKILL was needed. */
export async function endProcess(
  launched: Launched,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<boolean> {
  if (!launched.isRunning()) return true;
  let isGraceful = true;
  const killing = setTimeout(() => {
    isGraceful = false;
    launched.child.kill("SIGKILL");
  }, graceMs);
  launched.child.kill(signal);
  await launched.exited;
  clearTimeout(killing);
  return isGraceful;
}

/** `exit code 1`, `signal SIGKILL`, or the error if it could not be run. */
export function describeExit(exit: Exit): string {
  if (exit.error) return exit.error.message;
  return exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`;
}
