// Measures a pool for Prometheus: its connections, and its statements by name. A statement has the
// name in the comment at its beginning; those that Prisma writes have the name of their table.
import type pg from "pg";
import { MeasuredCache } from "#kit/telemetry/caches";
import { counter, gauge, histogram, onScrape } from "#kit/telemetry/metrics";
import { activeSpan, withSpan } from "#kit/telemetry/scope";

/** Few: each statement has as many series. */
const SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5];
/** Texts whose names are remembered. Prisma writes another text for each number of values. */
const TEXTS_MAX = 2_000;

const LABELS = ["database", "statement"] as const;
const durations = histogram(
  "database_statement_seconds",
  "Time of a statement on its connection, until its rows are there.",
  SECONDS,
  LABELS,
);
const failures = counter(
  "database_statement_failures_total",
  "Statements that failed, for example because a lock was not to be had in time.",
  LABELS,
);
const connections = gauge("database_connections", "Connections of the pools.", [
  "database",
  "state",
]);
const waiting = gauge("database_connection_requests_waiting", "Work that waits for a connection.", [
  "database",
]);

const STATES = ["idle", "used"] as const;

/** Measures `pool` until it ends. `database` is the name of its database. */
export function measurePool(pool: pg.Pool, database: string): void {
  pool.on("connect", (client) => measureClient(client, database));
  keepSpans(pool);
  const stop = onScrape(() => {
    const { totalCount, idleCount, waitingCount } = pool;
    connections.set({ database, state: "idle" }, idleCount);
    connections.set({ database, state: "used" }, totalCount - idleCount);
    waiting.set({ database }, waitingCount);
  });
  const end = pool.end.bind(pool) as () => Promise<void>;
  pool.end = () => {
    stop();
    for (const state of STATES) connections.remove({ database, state });
    waiting.remove({ database });
    return end();
  };
}

type Connected = (...args: unknown[]) => unknown;
type Connect = (connected?: Connected) => unknown;

/**
 * Work that waits for a connection is called back in the scope of the work that releases one: it
 * gets its own span back.
 */
function keepSpans(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as Connect;
  const kept: Connect = (connected) => {
    const span = activeSpan();
    const waiting = pool.idleCount === 0 ? span?.child("wait for a connection") : undefined;
    if (!connected) return (connect() as Promise<unknown>).finally(() => waiting?.end());
    return connect((...args) => {
      waiting?.end();
      return activeSpan() === span ? connected(...args) : withSpan(span, () => connected(...args));
    });
  };
  pool.connect = kept as typeof pool.connect;
}

type Query = (...args: unknown[]) => unknown;
type Callback = (error: unknown, result: unknown) => void;

/** A pool calls back for a single statement; a transaction gets promises. */
function measureClient(client: pg.ClientBase, database: string): void {
  const query = client.query.bind(client) as Query;
  const measured: Query = (...args) => {
    const ended = startStatement(database, args[0]);
    const callback = args.at(-1);
    if (typeof callback === "function") {
      const called: Callback = (error, result) => {
        ended(!error);
        (callback as Callback)(error, result);
      };
      return query(...args.slice(0, -1), called);
    }
    const answer = query(...args);
    if (answer instanceof Promise)
      answer.then(
        () => ended(true),
        () => ended(false),
      );
    return answer;
  };
  client.query = measured as typeof client.query;
}

function startStatement(database: string, statement: unknown): (isDone: boolean) => void {
  const startedAt = performance.now();
  const name = nameOf(statement);
  const span = activeSpan()?.child(name, {
    kind: "client",
    attributes: { "db.namespace": database },
  });
  return (isDone) => {
    const labels = { database, statement: name };
    durations.observe(labels, (performance.now() - startedAt) / 1_000);
    // From zero: the rate of a counter whose first value is 1 is not known.
    failures.inc(labels, isDone ? 0 : 1);
    span?.end(isDone ? undefined : "FAILED");
  };
}

const names = new MeasuredCache<string, string>("statementNames", { max: TEXTS_MAX });

function nameOf(statement: unknown): string {
  const text = typeof statement === "string" ? statement : (statement as { text?: string })?.text;
  if (text === undefined) return "other";
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = nameIn(text);
  names.set(text, name);
  return name;
}

/** `events.seats.take` of a statement with a comment, `prisma.event.select` of one of Prisma's. */
function nameIn(text: string): string {
  const own = /^\s*\/\* ([\w.-]+) \*\//.exec(text)?.[1];
  if (own !== undefined) return own;
  const verb = /^\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? "other";
  const table = /(?:from|into|update)\s+(?:"\w+"\.)?"(\w+)"/i.exec(text)?.[1];
  if (table !== undefined) return `prisma.${table}.${verb}`;
  return TRANSACTION.has(verb) ? `transaction.${verb}` : "other";
}

const TRANSACTION = new Set(["begin", "commit", "rollback", "savepoint", "release", "set"]);
