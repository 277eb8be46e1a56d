// Wakes a worker when a job is committed: LISTEN on a connection of its own, which is opened again
// when it breaks. A wake-up may get lost; the worker also polls.
import pg from "pg";
import { pause } from "#kit/facts/integration";
import { JOBS_CHANNEL } from "#kit/jobs/kinds";
import type { Log } from "#kit/service/logger";

const CONNECT_TIMEOUT_MS = 5_000;
const RETRY_MS = 1_000;

/** Rings from anywhere; one waits. A ring while nobody waits is kept. */
export class Bell {
  #rang = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rang = true;
    this.#wake?.();
  }

  /** Waits for a ring, `ms` at most. */
  async wait(ms: number): Promise<void> {
    if (!this.#rang) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rang = false;
    this.#wake = undefined;
  }
}

export interface WakeUps {
  stop(): Promise<void>;
}

/** Rings after each commit that enqueued jobs, and after a connection that may have missed some. */
export function followWakeUps(databaseUrl: string, bell: Bell, log: Log): WakeUps {
  const stopping = new AbortController();
  const { signal } = stopping;
  const ended = (async () => {
    while (!signal.aborted) {
      try {
        await listen(databaseUrl, bell, signal);
      } catch (error) {
        log.warn({ err: error }, "wake-ups of jobs are away: polling meanwhile");
      }
      await pause(RETRY_MS, signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** Resolves when the signal aborts or the connection ends. */
async function listen(databaseUrl: string, bell: Bell, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  const ended = new Promise<void>((resolve) => {
    client.on("error", () => resolve());
    client.on("end", () => resolve());
    signal.addEventListener("abort", () => resolve());
  });
  client.on("notification", () => bell.ring());
  try {
    await client.connect();
    await client.query(`/* jobs.listen */ listen ${JOBS_CHANNEL}`);
    bell.ring();
    await ended;
  } finally {
    await client.end().catch(() => undefined);
  }
}
