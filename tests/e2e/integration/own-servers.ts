// A test's own PostgreSQL and Redis with the databases of an owner (users) and a consumer
// (matching), so that a test can kill and empty them. Events have a topic for tests, and each
// effect adds a row, so that a repeated one is visible.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import type pg from "pg";
import { createAdapter, createPool, inTransaction, type Sql } from "../../../kit/data/database.ts";
import { addToOutbox, type Fact } from "../../../kit/facts/outbox.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { createDatabases } from "../../../local/databases.ts";
import { migrate } from "../../../local/migrate.ts";
import { startPostgres } from "../../../local/postgres.ts";
import { endProcess, type Launched, launch } from "../../../local/processes.ts";
import { migrationsFolder } from "../../../local/project.ts";
import { startRedis } from "../../../local/redis.ts";
import { findRedis } from "../../../local/redis-binary.ts";
import { PrismaClient as Matching } from "../../../subgraphs/matching/generated/prisma/client.ts";
import { PrismaClient as Users } from "../../../subgraphs/users/generated/prisma/client.ts";
import { type Role, startProcess } from "./processes.ts";
import type { Setup } from "./setup.ts";

export const log = createLog({ name: "integration-test", level: "silent" });

export interface Effect {
  readonly key: string;
  readonly version: number;
}

export interface OwnServers {
  readonly setup: Setup;
  readonly users: Users;
  readonly matching: Matching;
  readonly owner: pg.Pool;
  readonly consumer: pg.Pool;
  readonly redis: Redis;
  /** The superuser's URL, for databases beside those of the subgraphs. */
  readonly adminUrl: string;
  /** SIGKILL. The returned function starts it again, empty, at the same address. */
  killRedis(): Promise<() => Promise<void>>;
  /** Publishes one event for each key, in one transaction, with the locks of the aggregates. */
  publishOf(keys: readonly string[], willCommit?: boolean): Promise<void>;
  /** The committed events. */
  published(): Promise<Effect[]>;
  /** The effects, in their order. */
  effects(): Promise<Effect[]>;
  /** Sets the consumer's offset in the owner's outbox, so that it needs no snapshot. */
  beginAt(position: number): Promise<void>;
  /** Waits until the consumer has reached the end of the owner's outbox. */
  quiet(): Promise<void>;
  start(role: Role): Promise<ReturnType<typeof startProcess>>;
  /** Deletes all events, effects and offsets. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

const TABLES = {
  users: "create table thing (key text primary key, version int not null)",
  matching:
    "create table effect (id bigserial primary key, key text not null, version int not null)",
};

export async function openOwnServers(): Promise<OwnServers> {
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-integration-"));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), isDurable: false });
  const redisServer = await startRedis({ dataDir: join(dataDir, "redis") });
  const urls = await createDatabases(postgres.adminUrl, ["users", "matching"]);
  const { users: ownerUrl = "", matching: consumerUrl = "" } = urls;
  for (const [name, databaseUrl] of Object.entries(urls)) {
    await migrate({ name, databaseUrl, directory: migrationsFolder(name) });
  }
  const owner = createPool(ownerUrl, log);
  const consumer = createPool(consumerUrl, log);
  await owner.query(TABLES.users);
  await consumer.query(TABLES.matching);
  const users = new Users({ adapter: createAdapter(owner) });
  const matching = new Matching({ adapter: createAdapter(consumer) });
  const redis = new Redis(redisServer.url, { maxRetriesPerRequest: null });
  redis.on("error", () => undefined);
  const setup = {
    ownerUrl,
    consumerUrl,
    redisUrl: redisServer.url,
    redisPrefix: "test",
    streamMax: 10_000,
  };
  let revived: Launched | undefined;
  const children: ReturnType<typeof startProcess>[] = [];
  const told = async () =>
    (await owner.query<Effect>("select key, version from outbox order by id")).rows;
  const effects = async () =>
    (await consumer.query<Effect>("select key, version from effect order by id")).rows;
  return {
    setup,
    users,
    matching,
    owner,
    consumer,
    redis,
    adminUrl: postgres.adminUrl,
    async killRedis() {
      process.kill(revived?.child.pid ?? redisServer.pid, "SIGKILL");
      await until(async () => redis.status !== "ready");
      return async () => {
        revived = await relaunch(join(dataDir, "redis"));
        await until(async () => redis.status === "ready");
      };
    },
    publishOf: (keys, willCommit = true) => tellOf(users, keys, willCommit),
    published: told,
    effects,
    beginAt: (position) => beginAt(owner, consumer, "users", position),
    async quiet() {
      const { rows } = await owner.query<{ n: string }>("select count(*) as n from outbox");
      await until(async () => {
        const read = "select position from consumer_position where source = 'users'";
        const { rows: at } = await consumer.query<{ position: string }>(read);
        return at[0]?.position === rows[0]?.n;
      });
    },
    async start(role) {
      const child = startProcess(role, setup);
      children.push(child);
      await child.ready;
      return child;
    },
    async reset() {
      await Promise.all(children.splice(0).map((child) => child.kill()));
      await owner.query("truncate outbox restart identity; truncate thing");
      await owner.query("update outbox_head set position = 0, published = 0");
      await consumer.query("truncate effect, consumer_position, dead_letter restart identity");
      await redis.flushall();
    },
    async close() {
      await Promise.all(children.map((child) => child.kill()));
      redis.disconnect();
      await Promise.all([users.$disconnect(), matching.$disconnect()]);
      await Promise.all([owner.end(), consumer.end()]);
      if (revived) await endProcess(revived, "SIGTERM", STOP_TIMEOUT_MS);
      await Promise.all([postgres.stop(), redisServer.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const STOP_TIMEOUT_MS = 5_000;

/** Starts Redis with the settings of this folder, so on the same port. */
async function relaunch(folder: string): Promise<Launched> {
  const binary = await findRedis({});
  return launch(binary.command, [join(folder, "redis.conf")], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...binary.env },
    stdio: "ignore",
  });
}

/** Sets a consumer's offset in the outbox of an owner. */
export async function beginAt(
  owner: pg.Pool,
  consumer: pg.Pool,
  source: string,
  position: number,
): Promise<void> {
  const { rows } = await owner.query<{ epoch: string }>("select epoch from outbox_head");
  await consumer.query(
    `insert into consumer_position (source, position, changed_at, epoch) values ($1, $2, now(), $3)
     on conflict (source) do update set position = excluded.position, epoch = excluded.epoch`,
    [source, position, rows[0]?.epoch],
  );
}

class RolledBack extends Error {}

async function tellOf(users: Users, keys: readonly string[], willCommit: boolean): Promise<void> {
  const work = inTransaction(users, async (tx) => {
    const facts: Fact[] = [];
    for (const key of [...keys].sort()) facts.push(await changeThing(tx, key));
    await addToOutbox(tx, facts);
    if (!willCommit) throw new RolledBack();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
}

async function changeThing(tx: Sql, key: string): Promise<Fact> {
  const rows = await tx.$queryRaw<{ version: number }[]>`/* test.thing.change */
    insert into thing (key, version) values (${key}, 1)
    on conflict (key) do update set version = thing.version + 1 returning version`;
  const version = rows[0]?.version ?? 0;
  return { topic: "test.thing.changed.v1", key, version, payload: { key, version } };
}

const PATIENCE_MS = 20_000;

/** Polls until `isSo` returns true. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error("the condition did not become true in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
