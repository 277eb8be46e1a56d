// Applies the committed migrations of a subgraph in order, like `prisma migrate deploy`, but needs
// no engine. It uses Prisma's own table, so each of the two can continue where the other stopped.
// As a command it migrates every subgraph whose DATABASE_URL_<NAME> is set.
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { command } from "#schema/command";
import {
  type AppliedRow,
  createTable,
  type Migration,
  migrationsIn,
  needsNoTransaction,
  pendingOf,
} from "./migrations.ts";
import { migrationsFolder, subgraphNames, variableOf } from "./project.ts";

/** The advisory lock of Prisma's engine, so that the two never run at the same time. */
const PRISMA_LOCK_KEY = 72_707_369;
const LOCK_TIMEOUT_MS = 60_000;
const LOCK_POLL_MS = 100;

export interface MigrateOptions {
  /** The subgraph, for messages. */
  readonly name: string;
  /** Of PostgreSQL itself or of a pool in session mode: the lock belongs to a session. */
  readonly databaseUrl: string;
  /** The folder that holds `<migration>/migration.sql`. */
  readonly directory: string;
  readonly onProgress?: (message: string) => void;
}

/**
 * Applies the pending migrations of one database and returns their names. Several processes may run
 * it at the same time.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const migrations = migrationsIn(options.directory);
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect().catch((cause: Error) => {
    const variable = variableOf("DATABASE_URL", options.name);
    throw new Error(
      `${options.name}: its database cannot be reached (${cause.message}). ` +
        `Start that server or correct ${variable}; on one machine, unset it to use the embedded one.`,
      { cause },
    );
  });
  try {
    await lock(client, options.name);
    await client.query(createTable);
    const { rows } = await client.query<AppliedRow>(
      `/* local.migrate.applied */
       SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS "isFinished"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    const pending = pendingOf(options.name, migrations, rows);
    for (const migration of pending) {
      options.onProgress?.(`${options.name}: applying ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/**
 * Polls, because a session that waits for a lock inside a statement would block CREATE INDEX
 * CONCURRENTLY forever.
 */
async function lock(client: pg.Client, name: string): Promise<void> {
  const giveUpAt = Date.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    const { rows } = await client.query<{ isLocked: boolean }>(
      '/* local.migrate.lock */ SELECT pg_try_advisory_lock($1) AS "isLocked"',
      [PRISMA_LOCK_KEY],
    );
    if (rows[0]?.isLocked) return;
    if (Date.now() > giveUpAt) {
      throw new Error(
        `${name}: another migration has held the database for ${LOCK_TIMEOUT_MS / 1000} s. ` +
          "Wait for it, or end its session (pg_locks, locktype advisory), then run this again.",
      );
    }
    await delay(LOCK_POLL_MS);
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const isAlone = needsNoTransaction(migration.sql);
  const id = randomUUID();
  try {
    if (!isAlone) await client.query("BEGIN");
    await client.query(
      `/* local.migrate.begin */
       INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, now())`,
      [id, migration.checksum, migration.name],
    );
    await client.query(migration.sql);
    await client.query(
      `/* local.migrate.finish */
       UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1`,
      [id],
    );
    if (!isAlone) await client.query("COMMIT");
  } catch (cause) {
    if (!isAlone) await client.query("ROLLBACK");
    throw failure(migration, isAlone, cause);
  }
}

function failure(migration: Migration, isAlone: boolean, cause: unknown): Error {
  const { message, position } = cause as pg.DatabaseError;
  const line = migration.sql.slice(0, Number(position ?? 0)).split("\n").length;
  const consequence = isAlone
    ? "It runs outside a transaction (such a migration must be one statement), so a part may be applied: " +
      "undo that part, delete its row in _prisma_migrations, correct the file and start again."
    : "Nothing of it was applied: correct the file and start again.";
  const where = position ? ` (line ${line})` : "";
  return new Error(`${migration.file}${where} failed: ${message}. ${consequence}`, { cause });
}

async function main(): Promise<void> {
  const targets = subgraphNames().flatMap((name) => {
    const databaseUrl = process.env[variableOf("DATABASE_URL", name)];
    return databaseUrl ? [{ name, databaseUrl }] : [];
  });
  if (targets.length === 0) {
    const names = subgraphNames().map((name) => variableOf("DATABASE_URL", name));
    throw new Error(`Nothing to migrate: set at least one of ${names.join(", ")}.`);
  }
  for (const target of targets) {
    const directory = migrationsFolder(target.name);
    const applied = await migrate({ ...target, directory, onProgress: console.log });
    console.log(
      `${target.name}: ${applied.length === 0 ? "up to date" : `${applied.length} applied`}`,
    );
  }
}

await command(import.meta.url, main);
