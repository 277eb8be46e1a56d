// Runs one service as a child process: starts it, waits until it listens, and restarts it on the
// same port when it dies. It knows only the runtime contract: the environment, and the `listening`
// message.
import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { backoffMs } from "#kit/backoff";
import { forgetProcess, rememberProcess } from "./leftovers.ts";
import { describeExit, endProcess, type Launched, launch } from "./processes.ts";
import { projectRoot } from "./project.ts";
import { openServiceLog, type ServiceLog } from "./service-log.ts";

const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 12_000;
const LAST_OUTPUT_MS = 500;
const RESTART_BACKOFF = { firstMs: 250, maxMs: 10_000 };
/** A service that has listened for this long is stable: its next death resets the backoff. */
const STABLE_AFTER_MS = 30_000;

export interface ServiceOptions {
  /** `events` or `events-2`, for messages. */
  readonly name: string;
  /** Arguments of node: flags, and the module relative to the project's root. */
  readonly args: readonly string[];
  /** The whole environment of the process. PORT 0 is any free port; a restart keeps its port. */
  readonly env: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Default: LOG_BYTES_MAX. */
  readonly logBytesMax?: number;
  /** Records the pid, so that the next start can stop this process after a kill -9. */
  readonly processFile: string;
  readonly onWarning?: (message: string) => void;
  readonly signal?: AbortSignal;
}

const listeningShape = z.object({
  kind: z.literal("listening"),
  url: z.url(),
  adminUrl: z.url().optional(),
});

type Address = z.infer<typeof listeningShape>;

export interface Service {
  readonly name: string;
  /** `http://127.0.0.1:41234`; stays the same over restarts. */
  readonly url: string;
  readonly adminUrl: string | undefined;
  /** Undefined while it is down. */
  pid(): number | undefined;
  restarts(): number;
  /** Resolves when it listens: at once, or after its restart. */
  listening(): Promise<void>;
  /**
   * Kills the process, which is then restarted with backoff, `downMs` later than after a crash.
   * Resolves when it is dead.
   */
  kill(signal?: NodeJS.Signals, downMs?: number): Promise<void>;
  /** Stops it gracefully. It stays stopped until `start`. */
  stop(): Promise<void>;
  /** Starts it on its former port after `stop`. */
  start(): Promise<void>;
}

interface State {
  readonly options: ServiceOptions;
  log: ServiceLog;
  readonly events: EventEmitter;
  launched: Launched | undefined;
  address: Address | undefined;
  isListening: boolean;
  isStopped: boolean;
  deathsInARow: number;
  /** How much longer than after a crash the next restart waits. */
  holdMs: number;
  restarts: number;
  restartTimer: NodeJS.Timeout | undefined;
}

/**
 * Starts a service and resolves when it listens. If the first start fails, it throws with the end
 * of the log and does not retry.
 */
export async function startService(options: ServiceOptions): Promise<Service> {
  const state: State = {
    options,
    log: openServiceLog(options),
    events: new EventEmitter(),
    launched: undefined,
    address: undefined,
    isListening: false,
    isStopped: false,
    deathsInARow: 0,
    holdMs: 0,
    restarts: 0,
    restartTimer: undefined,
  };
  const { url, adminUrl } = await runOnce(state).catch(async (error: unknown) => {
    await stop(state);
    throw error;
  });
  return {
    name: options.name,
    url,
    adminUrl,
    pid: () => (state.launched?.isRunning() ? state.launched.child.pid : undefined),
    restarts: () => state.restarts,
    listening: () => untilListening(state),
    kill: (signal = "SIGKILL", downMs = 0) => kill(state, signal, downMs),
    stop: () => stop(state),
    start: () => startAgain(state),
  };
}

/** Launches the process once and waits until it listens. Schedules a restart for its death. */
async function runOnce(state: State): Promise<Address> {
  const { options, log } = state;
  const launched = launch(process.execPath, [...options.args], {
    cwd: projectRoot,
    env: { ...options.env, ...portsOf(state.address) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  state.launched = launched;
  if (launched.child.pid !== undefined) rememberProcess(options.processFile, launched.child.pid);
  log.follow(launched.child.stdout, "stdout");
  log.follow(launched.child.stderr, "stderr");
  const address = await firstMessage(launched, state);
  state.address = address;
  state.isListening = true;
  const since = Date.now();
  void launched.exited.then((exit) => {
    state.isListening = false;
    if (Date.now() - since > STABLE_AFTER_MS) state.deathsInARow = 0;
    scheduleRestart(state, describeExit(exit));
  });
  state.events.emit("listening");
  return address;
}

/** A restarted service keeps its ports, because the other services have their URLs. */
function portsOf(address: Address | undefined): Record<string, string> {
  if (!address) return {};
  const { url, adminUrl } = address;
  return {
    PORT: new URL(url).port,
    ...(adminUrl && { ADMIN_PORT: new URL(adminUrl).port }),
  };
}

/**
 * The address that the process announces. Throws if it ends first, or announces none in time and is
 * killed.
 */
async function firstMessage(launched: Launched, state: State): Promise<Address> {
  const { name, logFile, signal } = state.options;
  const silence = AbortSignal.timeout(START_TIMEOUT_MS);
  const giveUp = signal ? AbortSignal.any([silence, signal]) : silence;
  const kill = () => launched.child.kill("SIGKILL");
  giveUp.addEventListener("abort", kill);
  if (giveUp.aborted) kill();
  const announced = new Promise<Address>((resolve) => {
    launched.child.on("message", (message) => {
      const parsed = listeningShape.safeParse(message);
      if (parsed.success) resolve(parsed.data);
    });
  });
  const outcome = await Promise.race([announced, launched.exited]);
  giveUp.removeEventListener("abort", kill);
  if ("url" in outcome) return outcome;
  signal?.throwIfAborted();
  // Its last output may arrive after its exit.
  await Promise.race([once(launched.child, "close"), delay(LAST_OUTPUT_MS)]);
  const reason = silence.aborted
    ? `did not listen within ${START_TIMEOUT_MS / 1000} s`
    : `ended before it listened (${describeExit(outcome)})`;
  throw new Error(`${name} ${reason}. Its log is ${logFile}:\n${state.log.tail()}`);
}

/** 250 ms after the first death, doubled for each further death in a row, at most 10 s. */
export function restartDelayMs(deathsInARow: number): number {
  return backoffMs(deathsInARow, RESTART_BACKOFF);
}

function scheduleRestart(state: State, reason: string): void {
  if (state.isStopped) return;
  state.deathsInARow += 1;
  const waitMs = state.holdMs + restartDelayMs(state.deathsInARow);
  state.holdMs = 0;
  const { name, logFile, onWarning } = state.options;
  onWarning?.(`${name} died (${reason}): restarting in ${waitMs} ms. Its log is ${logFile}`);
  state.restartTimer = setTimeout(() => void restart(state), waitMs);
}

async function restart(state: State): Promise<void> {
  const { name, onWarning } = state.options;
  state.restarts += 1;
  try {
    const { url } = await runOnce(state);
    onWarning?.(`${name} is back at ${url}`);
  } catch (error) {
    if (!state.isStopped) onWarning?.((error as Error).message);
    scheduleRestart(state, "at its start");
  }
}

async function untilListening(state: State): Promise<void> {
  if (!state.isListening) await once(state.events, "listening");
}

async function kill(state: State, signal: NodeJS.Signals, downMs: number): Promise<void> {
  state.holdMs = downMs;
  state.launched?.child.kill(signal);
  await state.launched?.exited;
}

async function stop(state: State): Promise<void> {
  const { name, processFile, onWarning } = state.options;
  state.isStopped = true;
  clearTimeout(state.restartTimer);
  if (!state.launched) return;
  const isGraceful = await endProcess(state.launched, "SIGTERM", STOP_TIMEOUT_MS);
  if (!isGraceful)
    onWarning?.(`${name} did not stop within ${STOP_TIMEOUT_MS / 1000} s and was killed`);
  forgetProcess(processFile);
  state.log.close();
}

async function startAgain(state: State): Promise<void> {
  if (!state.isStopped) return untilListening(state);
  state.isStopped = false;
  state.log = openServiceLog(state.options);
  await runOnce(state);
}
