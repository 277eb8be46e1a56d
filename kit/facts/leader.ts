// Elects one process of many: the holder of a PostgreSQL session lock works, the others stand by.
// The lock has its own connection and ends with it, and another process takes over. For a moment
// two processes may both work, so correctness must not depend on leadership.
import pg from "pg";
import { pause } from "#kit/facts/integration";
import type { Log } from "#kit/service/logger";

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 15_000;
const RETRY_MS = 1_000;
const PING_MS = 2_000;

/** PostgreSQL ends the session of a machine that vanished after about ten seconds. */
const KEEPALIVE =
  "/* leader.keepalive */ set tcp_keepalives_idle = 4; set tcp_keepalives_interval = 2; set tcp_keepalives_count = 3";

export interface Leadership {
  /** The connection that holds the lock. */
  readonly client: pg.Client;
  /** Aborts when the lock is lost, or when the work should stop. */
  readonly signal: AbortSignal;
}

export interface Leader {
  /** Stops the work and releases the lock. */
  stop(): Promise<void>;
}

/**
 * Runs `work` whenever this process holds the lock `name` in the database. `work` must end when its
 * signal aborts. Its errors are logged, and it starts again, here or in another process.
 */
export function startLeader(options: {
  readonly databaseUrl: string;
  readonly name: string;
  readonly log: Log;
  readonly retryMs?: number | undefined;
  work(leadership: Leadership): Promise<void>;
}): Leader {
  const { name, log, retryMs = RETRY_MS } = options;
  const stopping = new AbortController();
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await term(options, retryMs, stopping.signal);
      } catch (error) {
        log.warn({ err: error, name }, "gave up leadership after an error");
      }
      await pause(retryMs, stopping.signal);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

/** One term: from connecting until the connection or the lock is lost. */
async function term(
  { databaseUrl, name, work }: Parameters<typeof startLeader>[0],
  retryMs: number,
  stopping: AbortSignal,
): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
  });
  const lost = new AbortController();
  client.on("error", () => lost.abort());
  client.on("end", () => lost.abort());
  const signal = AbortSignal.any([stopping, lost.signal]);
  const ping = setInterval(() => {
    client.query("/* leader.ping */ select 1").catch(() => lost.abort());
  }, PING_MS);
  try {
    await client.connect();
    await client.query(KEEPALIVE);
    while (!signal.aborted && !(await tryLock(client, name))) await pause(retryMs, signal);
    if (!signal.aborted) await work({ client, signal });
  } finally {
    clearInterval(ping);
    await client.end().catch(() => undefined);
  }
}

async function tryLock(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ isLocked: boolean }>(
    '/* leader.lock */ select pg_try_advisory_lock(hashtextextended($1, 0)) as "isLocked"',
    [name],
  );
  return rows[0]?.isLocked === true;
}
