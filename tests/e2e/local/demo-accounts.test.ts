// Demo accounts have a public password, so production never serves them, whatever way the demo data
// came into its database.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBacking } from "../../../local/backing.ts";
import { migrate } from "../../../local/migrate.ts";
import { migrationsFolder } from "../../../local/project.ts";
import { markAsDemo } from "../../../local/seed/mark.ts";
import { emailOf, people } from "../../../local/seed/people.ts";
import { type Undo, undoAll } from "../../../local/undo.ts";
import { stack } from "../../kit/stack.ts";

let folder = "";
const launched: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-demo-"));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(folder, 0o711);
});

afterAll(async () => {
  const running = launched.filter(({ exitCode, signalCode }) => (exitCode ?? signalCode) === null);
  for (const each of running) each.kill("SIGINT");
  await Promise.all(running.map((each) => once(each, "exit")));
  await rm(folder, { recursive: true, force: true });
});

/** Makes a data folder as a seed leaves it that was stopped before its first person. */
async function beginDemo(dataDir: string): Promise<void> {
  await mkdir(dataDir);
  await chmod(dataDir, 0o711);
  const undos: Undo[] = [];
  const environment = { REDIS_URL: stack().urls.redis };
  const options = { dataDir, subgraphs: ["users"], isDurable: true, environment };
  const { databases } = await startBacking(options, undos);
  await markAsDemo(databases.users ?? "", { mustBeEmpty: true });
  await undoAll(undos);
}

/** Runs `npm start` in production until it ends, or is ready. */
async function startProduction(dataDir: string) {
  const env = { ...process.env, NODE_ENV: "production", PORT: "0", MEETINITY_DATA: dataDir };
  const launcher = spawn(process.execPath, ["--import", "tsx", "local/start.ts"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  launched.push(launcher);
  const exited = once(launcher, "exit");
  const errors = text(launcher.stderr);
  for await (const line of createInterface({ input: launcher.stdout })) {
    if (line.startsWith("Meetinity is ready")) throw new Error(line);
  }
  const [code] = await exited;
  return { code, errors: await errors };
}

test("production refuses a data folder with an unfinished demo", { timeout: 180_000 }, async () => {
  const dataDir = join(folder, "demo");
  await beginDemo(dataDir);
  const { code, errors } = await startProduction(dataDir);
  expect(code).toBe(1);
  expect(errors).toContain("holds the demo accounts");
  expect(errors).toContain("MEETINITY_DATA=");
  expect(errors).toContain("--no-demo");
  expect(errors).not.toMatch(/\n\s+at .*\d+:\d+/);
});

const ADMIN_EMAIL = "admin@meetinity.test";

/** A new schema with the tables of users. */
async function openSchema() {
  const schema = `test_${randomBytes(6).toString("hex")}`;
  const url = new URL(stack().urls.databases.users ?? "");
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`create schema ${schema}`);
  url.searchParams.set("options", `-c search_path=${schema},public`);
  await migrate({ name: "users", databaseUrl: url.href, directory: migrationsFolder("users") });
  await admin.query(`set search_path = ${schema}, public`);
  return {
    url: url.href,
    sql: async (text: string, values: unknown[] = []) => (await admin.query(text, values)).rows,
    async close() {
      await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
    },
  };
}

type Schema = Awaited<ReturnType<typeof openSchema>>;

async function addPerson({ sql }: Schema, email: string, role: string): Promise<void> {
  await sql(
    `with person as (
       insert into person (id, display_name, languages, skills, interests, intents, name_key,
         search_text, created_at)
       values (gen_random_uuid(), 'A', '{}', '{}', '{}', '{}', 'a', 'a', now()) returning id
     ), credential as (
       insert into credential (user_id, email, password_hash)
       select id, $1, '$argon2id$' from person
     )
     insert into role_grant (user_id, role, created_at) select id, $2::user_role, now() from person`,
    [email, role],
  );
}

test("demo accounts are not written to a database that has other people", async () => {
  const schema = await openSchema();
  await addPerson(schema, "somebody@example.com", "USER");
  const marking = markAsDemo(schema.url, { mustBeEmpty: true });
  await expect(marking).rejects.toThrow("--no-demo");
  expect(await schema.sql("select from demo_mark")).toHaveLength(0);
  await markAsDemo(schema.url, { mustBeEmpty: false });
  await markAsDemo(schema.url, { mustBeEmpty: true });
  expect(await schema.sql("select from demo_mark")).toHaveLength(1);
  await schema.close();
});

test("the migration marks databases with older demo data, and no user can cause the mark", async () => {
  const schema = await openSchema();
  const file = join(migrationsFolder("users"), "20261129161000_demo_mark", "migration.sql");
  const migrateAgain = async () => {
    await schema.sql("drop table demo_mark");
    await schema.sql(await readFile(file, "utf8"));
    return (await schema.sql("select from demo_mark")).length;
  };
  for (const person of people) await addPerson(schema, emailOf(person), "ORGANIZER");
  expect(await migrateAgain()).toBe(0);
  await schema.sql(
    "insert into role_grant select user_id, 'ADMIN', now() from credential where email = $1",
    [ADMIN_EMAIL],
  );
  expect(await migrateAgain()).toBe(1);
  await schema.close();
});
