// A database of a test's own in the stack's PostgreSQL: a copy of a template that is migrated once
// for all test files. Guards can be dropped in it, and statements counted.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { migrate } from "../../local/migrate.ts";
import { migrationsFolder } from "../../local/project.ts";
import { databaseUrlOf } from "./database.ts";
import { stack } from "./stack.ts";

export interface OwnDatabase {
  readonly url: string;
  /** Drops it, when its last connection is closed. */
  drop(): Promise<void>;
}

/** Files that run side by side make one template. */
const LOCK_KEY = 7_240_319;

/** An empty database with the tables of a subgraph, owned by its role. */
export async function openOwnDatabase(subgraph: string): Promise<OwnDatabase> {
  const admin = new pg.Client({ connectionString: await adminUrl() });
  await admin.connect();
  const template = `template_${subgraph}`;
  const name = `test_${randomBytes(6).toString("hex")}`;
  await admin.query("select pg_advisory_lock($1)", [LOCK_KEY]);
  try {
    await ensureTemplate(admin, subgraph, template);
    await admin.query(`create database ${name} template ${template} owner ${subgraph}`);
  } finally {
    await admin.query("select pg_advisory_unlock($1)", [LOCK_KEY]);
  }
  return {
    url: urlOf(subgraph, name),
    async drop() {
      // PostgreSQL waits some seconds for connections that are being closed.
      await admin.query(`drop database ${name}`);
      await admin.end();
    },
  };
}

async function ensureTemplate(admin: pg.Client, subgraph: string, template: string): Promise<void> {
  const { rowCount } = await admin.query("select from pg_database where datname = $1", [template]);
  if (rowCount) return;
  const draft = `${template}_draft`;
  await admin.query(`drop database if exists ${draft}`);
  await admin.query(`create database ${draft} owner ${subgraph}`);
  const databaseUrl = urlOf(subgraph, draft);
  await migrate({ name: subgraph, databaseUrl, directory: migrationsFolder(subgraph) });
  await admin.query(`alter database ${draft} rename to ${template}`);
}

function urlOf(subgraph: string, name: string): string {
  const url = new URL(databaseUrlOf(subgraph));
  url.pathname = `/${name}`;
  return url.href;
}

/** The superuser of the stack's own PostgreSQL. */
async function adminUrl(): Promise<string> {
  const password = await readFile(join(stack().dataDir, "postgres/password"), "utf8");
  const { host } = new URL(databaseUrlOf("users"));
  return `postgresql://postgres:${password.trim()}@${host}/postgres`;
}
