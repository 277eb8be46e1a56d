// A subgraph's connection to its PostgreSQL database: the pool, the Prisma adapter, and the one way
// to run a transaction.
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { LRUCache } from "lru-cache";
import pg from "pg";
import { measurePool } from "#kit/data/pool-metrics";
import { fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Log } from "#kit/service/logger";
import { countStatement } from "#kit/telemetry/scope";

const POOL_MAX = 10;
/** Includes the wait for a free connection of the pool. */
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 10_000;
const TRANSACTION_WAIT_MS = 15_000;
const TRANSACTION_TIMEOUT_MS = 15_000;
/** Texts whose names are remembered. Prisma writes another text for each number of values. */
const NAMES_MAX = 2_000;

/** A pool of at most 10 connections, with bounded statements and lock waits. */
export function createPool(url: string, log: Log): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: TRANSACTION_TIMEOUT_MS,
    // Here once, instead of by a statement of each transaction.
    options: "-c default_transaction_isolation=read\\ committed",
  });
  // Only the message: the error has the whole client in it.
  pool.on("error", ({ message }) => log.warn({ message }, "an idle database connection broke"));
  measurePool(pool, new URL(url).pathname.slice(1));
  return pool;
}

/**
 * Prisma over the pool with named statements, so that PostgreSQL parses and plans each query text
 * once per connection. Statements are also counted here: the adapter calls the generator for each
 * one, in the async context of its caller, before it waits for a connection.
 */
export function createAdapter(pool: pg.Pool): PrismaPg {
  const names = new LRUCache<string, string>({ max: NAMES_MAX });
  return new PrismaPg(pool, {
    statementNameGenerator({ sql }) {
      countStatement();
      const known = names.get(sql);
      if (known !== undefined) return known;
      const name = createHash("sha1").update(sql).digest("base64url");
      names.set(sql, name);
      return name;
    },
  });
}

/** An open database: Prisma, and the pool below it. */
export interface OpenDatabase<Client> {
  readonly database: Client;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

interface ClientOptions {
  readonly adapter: PrismaPg;
  readonly errorFormat: "minimal";
}

/** Opens a database with the Prisma client class of its subgraph. Errors have no source text. */
export function openDatabase<Client extends { $disconnect(): Promise<void> }>(
  PrismaClient: new (options: ClientOptions) => Client,
  url: string,
  log: Log,
): OpenDatabase<Client> {
  const pool = createPool(url, log);
  const database = new PrismaClient({ adapter: createAdapter(pool), errorFormat: "minimal" });
  return {
    database,
    pool,
    async close() {
      await database.$disconnect();
      await pool.end();
    },
  };
}

/** The raw SQL methods of a Prisma client or transaction; the kit uses no others. */
export interface Sql {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>;
}

const TRANSACTION = {
  maxWait: TRANSACTION_WAIT_MS,
  timeout: TRANSACTION_TIMEOUT_MS,
} as const;

/** A Prisma client, as far as transactions need it. */
export interface TransactionRunner<Tx> {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options: typeof TRANSACTION): Promise<T>;
}

/**
 * Runs `work` in one READ COMMITTED transaction. Throws `CONFLICT` after too long a wait for a lock
 * or a connection, and `DEADLINE_EXCEEDED` when a statement runs too long; then nothing has
 * changed. (REPEATABLE READ would judge on a snapshot from before the wait for the lock.)
 */
export async function inTransaction<Tx extends object, T>(
  database: TransactionRunner<Tx>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const committed: (() => void)[] = [];
  const begun = (tx: Tx) => {
    whenCommitted.set(tx, committed);
    return work(tx);
  };
  const result = await inOneStatement(() => database.$transaction(begun, TRANSACTION));
  for (const each of committed) each();
  return result;
}

/** Runs a statement that is a transaction of its own, with the errors of {@link inTransaction}. */
export async function inOneStatement<T>(statement: () => PromiseLike<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    if (isContention(error)) {
      throw fail("CONFLICT", "Too many people are changing this right now; try again.", {
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    if (codeOf(error) === QUERY_CANCELED) {
      throw fail("DEADLINE_EXCEEDED", "Storing this took too long; try again.", {
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    throw error;
  }
}

const whenCommitted = new WeakMap<object, (() => void)[]>();

/**
 * Runs `then` when the transaction of `inTransaction` has committed, and never if it does not. For
 * what may be lost, such as counting: the process may end in between. `then` must not throw.
 */
export function afterCommit(tx: object, then: () => void): void {
  const callbacks = whenCommitted.get(tx);
  invariant(callbacks, "work behind a commit needs a transaction of inTransaction");
  callbacks.push(then);
}

/** Limits each wait for a lock until the end of the transaction. */
export async function limitLockWaits(tx: Sql, timeoutMs: number): Promise<void> {
  await tx.$queryRaw`/* database.waits.limit */
    select set_config('lock_timeout', ${String(timeoutMs)}::text, true)`;
}

const RETRY_AFTER_MS = 1_000;
const LOCK_NOT_AVAILABLE = "55P03";
/** Caused by `statement_timeout`. */
const QUERY_CANCELED = "57014";
const DEADLOCK = "40P01";
const NO_TRANSACTION_IN_TIME = "P2028";

function isContention(error: unknown): boolean {
  const codes = [LOCK_NOT_AVAILABLE, DEADLOCK, NO_TRANSACTION_IN_TIME];
  return codes.includes(codeOf(error) ?? "");
}

/** The PostgreSQL code of a Prisma error, or Prisma's own code. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code, meta } = error as { code?: string; meta?: { driverAdapterError?: DriverError } };
  return meta?.driverAdapterError?.cause?.originalCode ?? code;
}

interface DriverError {
  readonly cause?: { readonly originalCode?: string };
}
