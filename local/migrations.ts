// Finds the pending migrations: compares a folder with Prisma's table. It runs no SQL.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Migration {
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /** SHA-256 of the file, in hex, as Prisma writes it. */
  readonly checksum: string;
}

/** A row of `_prisma_migrations` that was not rolled back. */
export interface AppliedRow {
  readonly name: string;
  readonly checksum: string;
  readonly isFinished: boolean;
}

/** The same table that Prisma's engine creates. */
export const createTable = `/* local.migrate.table */
CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id                  VARCHAR(36)  PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64)  NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ  NOT NULL DEFAULT now(),
  applied_steps_count INTEGER      NOT NULL DEFAULT 0
)`;

/** Every `<name>/migration.sql` of a folder, in name order. Empty if the folder is missing. */
export function migrationsIn(directory: string): Migration[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const file = join(directory, name, "migration.sql");
      if (!existsSync(file))
        throw new Error(`${file} is missing: restore it, or remove its folder.`);
      const sql = readFileSync(file, "utf8");
      return { name, file, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * The migrations to apply. Throws if one was edited after it was applied, or failed half-way. Rows
 * without a file are ignored: an older release must start on a newer database.
 */
export function pendingOf(
  subgraph: string,
  migrations: readonly Migration[],
  rows: readonly AppliedRow[],
): Migration[] {
  const broken = rows.find((row) => !row.isFinished);
  if (broken) {
    throw new Error(
      `${subgraph}: migration ${broken.name} failed half-way at an earlier start. Undo by hand what it did and ` +
        "delete its row in _prisma_migrations, or finish it and set finished_at. Then start again.",
    );
  }
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const edited = migrations.find(
    ({ name, checksum }) => (applied.get(name) ?? checksum) !== checksum,
  );
  if (edited) {
    throw new Error(
      `${edited.file} was edited after it had been applied. Restore it (git checkout -- ${edited.file}) ` +
        "and put the change into a new migration. Or, if you do not need the data, start with an empty database " +
        "(locally: remove the data folder, .meetinity).",
    );
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

/**
 * True for statements that PostgreSQL refuses inside a transaction, such as CREATE INDEX
 * CONCURRENTLY.
 */
export function needsNoTransaction(sql: string): boolean {
  const code = sql.replace(/--.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
  const outside = [
    /^\s*(create|drop)\s+(unique\s+)?index\s+concurrently\b/im,
    /^\s*reindex\b[^;]*\bconcurrently\b/im,
    /^\s*vacuum\b/im,
    // A procedure may commit by itself.
    /^\s*call\b/im,
  ];
  return outside.some((statement) => statement.test(code));
}
