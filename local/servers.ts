// Keeps PostgreSQL or Redis running: a server that ends by itself is restarted on the same port,
// because the services have its URL.
import { EventEmitter, once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { describeExit, type Exit } from "./processes.ts";
import { restartDelayMs } from "./services.ts";

/** A running server. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  /** Resolves when it has ended, for any reason. */
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

export interface KeptServer<Kind extends Server = Server> {
  /** The server as it was first started. A restart keeps its address. */
  readonly first: Kind;
  /**
   * kill -9, like a crash. Resolves when it is dead; it is then restarted, `downMs` later than
   * after a crash.
   */
  kill(downMs?: number): Promise<void>;
  /** Resolves when it runs: at once, or after its restart. */
  running(): Promise<void>;
  /** Stops it for good. */
  stop(): Promise<void>;
}

interface KeepOptions<Kind extends Server> {
  readonly name: string;
  /** Starts it, on `port` if it is a restart. */
  start(port?: number): Promise<Kind>;
  readonly onWarning?: (message: string) => void;
}

/** Starts a server, and restarts it with backoff each time it ends by itself. */
export async function keepRunning<Kind extends Server>(
  options: KeepOptions<Kind>,
): Promise<KeptServer<Kind>> {
  const { name, onWarning } = options;
  const stopping = new AbortController();
  const events = new EventEmitter();
  const first = await options.start();
  let current = first;
  let isRunning = true;
  let holdMs = 0;

  async function startAgain(): Promise<void> {
    for (let attempt = 1; !stopping.signal.aborted; attempt += 1) {
      await delay(holdMs + restartDelayMs(attempt), undefined, { signal: stopping.signal });
      holdMs = 0;
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

  // Only the abort of a delay by `stop` can throw here.
  const kept = keep().catch(() => undefined);
  return {
    first,
    async kill(downMs = 0) {
      if (!isRunning) return;
      isRunning = false;
      holdMs = downMs;
      process.kill(current.pid, "SIGKILL");
      await current.exited;
    },
    async running() {
      if (!isRunning) await once(events, "running");
    },
    async stop() {
      stopping.abort();
      await current.stop();
      // A restart may have finished meanwhile: stop that server too.
      await kept;
      await current.stop();
    },
  };
}
