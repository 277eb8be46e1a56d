// Keeps PostgreSQL or Redis running: one that ends without being asked to is started again on the
// port it had, where everybody looks for it.
import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describeExit, type Exit } from "./processes.ts";
import { restartDelayMs } from "./services.ts";

/** A server that runs. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  /** Resolves when it is gone, asked for or not. */
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

export interface KeptServer<Kind extends Server = Server> {
  /** The server as it was first started; its address stays good. */
  readonly first: Kind;
  /** kill -9, as a crash; it is started again. Resolves when it is dead. */
  kill(): Promise<void>;
  /** Resolves when it runs: at once, or after the restart that is under way. */
  running(): Promise<void>;
  /** Stops it for good. */
  stop(): Promise<void>;
}

interface KeepOptions<Kind extends Server> {
  readonly name: string;
  /** Starts it, at `port` if there is one to keep. */
  start(port?: number): Promise<Kind>;
  readonly onWarning?: (message: string) => void;
}

/** Starts a server and starts it again, with backoff, as often as it ends by itself. */
export async function keepRunning<Kind extends Server>(
  options: KeepOptions<Kind>,
): Promise<KeptServer<Kind>> {
  const { name, onWarning } = options;
  const stopping = new AbortController();
  const events = new EventEmitter();
  const first = await options.start();
  let current = first;
  let isRunning = true;

  async function startAgain(): Promise<void> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      await delay(restartDelayMs(attempt), undefined, { signal: stopping.signal });
      try {
        current = await options.start(first.port);
        isRunning = true;
        events.emit("running");
        return;
      } catch (error) {
        onWarning?.(`${name} does not start: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  async function keep(): Promise<void> {
    while (!stopping.signal.aborted) {
      const exit = await current.exited;
      isRunning = false;
      if (stopping.signal.aborted) return;
      onWarning?.(`${name} ended (${describeExit(exit)}): starting it again`);
      await startAgain();
    }
  }

  // Stopping cuts a wait short; nothing else can fail here.
  const kept = keep().catch(() => undefined);
  return {
    first,
    async kill() {
      if (!isRunning) return;
      isRunning = false;
      process.kill(current.pid, "SIGKILL");
      await current.exited;
    },
    async running() {
      if (!isRunning) await once(events, "running");
    },
    async stop() {
      stopping.abort();
      await current.stop();
      // One that was just starting again is there now.
      await kept;
      await current.stop();
    },
  };
}
