// A database of an earlier release: a separate schema with only the migrations before a given one.
// A test fills it and then upgrades it.
import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../local/migrate.ts";
import { migrationsFolder } from "../../local/project.ts";
import { databaseUrlOf } from "./database.ts";

export interface OlderDatabase {
  /** A database URL with this schema. */
  readonly url: string;
  readonly schema: string;
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Applies the remaining migrations, and returns their names. */
  upgrade(): Promise<string[]>;
  close(): Promise<void>;
}

/** Makes a schema in the stack's database of a subgraph, without `migration` and later ones. */
export async function openOlderDatabase(
  subgraph: string,
  migration: string,
): Promise<OlderDatabase> {
  const schema = `test_${randomBytes(6).toString("hex")}`;
  const url = new URL(databaseUrlOf(subgraph));
  const whole = new pg.Client({ connectionString: url.href });
  await whole.connect();
  await whole.query(`create schema ${schema}`);
  url.searchParams.set("options", `-c search_path=${schema},public`);
  const directory = migrationsFolder(subgraph);
  const before = mkdtempSync(join(tmpdir(), "meetinity-older-"));
  for (const name of readdirSync(directory).filter((each) => each < migration)) {
    cpSync(join(directory, name), join(before, name), { recursive: true });
  }
  await migrate({ name: subgraph, databaseUrl: url.href, directory: before });
  rmSync(before, { recursive: true });
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    schema,
    sql: async (text, values) => (await client.query(text, values)).rows,
    upgrade: () => migrate({ name: subgraph, databaseUrl: url.href, directory }),
    async close() {
      await client.end();
      await whole.query(`drop schema ${schema} cascade`);
      await whole.end();
    },
  };
}
