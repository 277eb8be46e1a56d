// Lists the integration events that could not be applied, and marks them to be tried again. A
// running consumer applies them later, when it is idle.
import { parseArgs } from "node:util";
import pg from "pg";
import { command } from "#schema/command";
import { subgraphNames, variableOf } from "./project.ts";

interface Letter {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly version: number;
  readonly error: string;
  readonly isRequeued: boolean;
}

/** The dead letters of one database, oldest first. `willRequeue` marks all to be tried again. */
export async function deadLetters(databaseUrl: string, willRequeue: boolean): Promise<Letter[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    if (!(await hasDeadLetters(client))) return [];
    if (willRequeue) {
      await client.query("/* local.letters.requeue */ update dead_letter set requeued_at = now()");
    }
    const { rows } = await client.query<Letter>(
      `/* local.letters.list */
       select id, topic, key, version, error, requeued_at is not null as "isRequeued"
       from dead_letter order by id`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

/** A subgraph that consumes nothing has no such table. */
async function hasDeadLetters(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ hasTable: boolean }>(
    `/* local.letters.table */ select to_regclass('dead_letter') is not null as "hasTable"`,
  );
  return rows[0]?.hasTable === true;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { requeue: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : subgraphNames();
  for (const name of names) {
    const databaseUrl = process.env[variableOf("DATABASE_URL", name)];
    if (!databaseUrl) {
      console.log(`${name}: ${variableOf("DATABASE_URL", name)} is not set`);
      continue;
    }
    const letters = await deadLetters(databaseUrl, values.requeue);
    console.log(`${name}: ${letters.length === 0 ? "no dead letters" : `${letters.length}`}`);
    for (const { id, topic, key, version, error, isRequeued } of letters) {
      const state = isRequeued ? "to be tried again" : error.split("\n")[0];
      console.log(`  ${id} ${topic} ${key} version ${version}: ${state}`);
    }
  }
}

await command(import.meta.url, main);
