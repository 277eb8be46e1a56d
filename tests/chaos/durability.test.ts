// A kill of PostgreSQL loses no acknowledged commit with the settings of this folder's stacks, and
// the latest commits with the settings of all other tests.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { startPostgres } from "../../local/postgres.ts";
import { keepRunning } from "../../local/servers.ts";

const COMMITS = 100;

/** Commits numbers until PostgreSQL is killed. Returns acknowledged ones that were lost. */
async function lostByKill(isDurable: boolean): Promise<number[]> {
  const home = await mkdtemp(join(tmpdir(), "meetinity-durability-"));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(home, 0o711);
  const server = await keepRunning({
    name: "PostgreSQL",
    start: (port) => startPostgres({ dataDir: join(home, "postgres"), isDurable, port }),
  });
  const { adminUrl } = server.first;
  try {
    const acknowledged = await commitUntilKilled(adminUrl, server.kill);
    await server.running();
    const stored = new Set(await numbersIn(adminUrl));
    return acknowledged.filter((n) => !stored.has(n));
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function commitUntilKilled(url: string, kill: () => Promise<void>): Promise<number[]> {
  const client = await connect(url);
  await client.query("create table said (n int primary key)");
  await client.query("checkpoint");
  const acknowledged: number[] = [];
  let killed: Promise<void> | undefined;
  try {
    for (let n = 1; ; n += 1) {
      await client.query("insert into said values ($1)", [n]);
      acknowledged.push(n);
      if (n === COMMITS) killed = kill();
    }
  } catch {
    await killed;
    return acknowledged;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function numbersIn(url: string): Promise<number[]> {
  const client = await connect(url);
  const { rows } = await client.query<{ n: number }>("select n from said");
  await client.end();
  return rows.map(({ n }) => n);
}

test("a commit that was acknowledged survives a kill", async () => {
  expect(await lostByKill(true)).toEqual([]);
});

test("without fsync and synchronous commits the same kill loses commits", async () => {
  expect(await lostByKill(false)).not.toEqual([]);
});
