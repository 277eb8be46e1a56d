// An owner whose database is recreated or restored from a backup, so that known positions and
// versions mean other events: its consumers start again, and no others.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Handler } from "../../../kit/facts/effects.ts";
import { integrationKeys } from "../../../kit/facts/integration.ts";
import { type Effect, log, type OwnServers, openOwnServers, until } from "./own-servers.ts";
import { consumerOf, relayOf, TOPIC, type Tx } from "./setup.ts";

let machine: OwnServers;

beforeAll(async () => {
  machine = await openOwnServers();
  await machine.consumer.query("create table newest (key text primary key, version int not null)");
});
afterAll(() => machine.close());
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});
beforeEach(async () => {
  await machine.reset();
  await machine.consumer.query("truncate newest");
});

const { stream, head } = integrationKeys("test", "users");

/** The owner's things, for snapshots. */
const things = {
  name: "things",
  page: async () => {
    const { rows } = await machine.owner.query<Effect>("select key, version from thing");
    return rows.map((row) => ({ topic: TOPIC, ...row, payload: {} }));
  },
};

/** Keeps the newest version of each thing. */
const projecting: Handler<Tx> = {
  topic: TOPIC,
  async apply(tx, { key, version }) {
    await tx.$executeRaw`/* test.newest */
      insert into newest (key, version) values (${key}, ${version}::int)
      on conflict (key) do update set version = excluded.version
      where newest.version < excluded.version`;
  },
  async resetVersions(tx) {
    await tx.$executeRaw`/* test.resetVersions */ update newest set version = 0`;
  },
};

/** Registers something to be stopped at the end of the test. */
function during<Each extends (typeof running)[number]>(each: Each): Each {
  running.push(each);
  return each;
}

const startRelay = (pollMs = 100) =>
  during(relayOf(machine.setup, log, { snapshot: [things], pollMs }));
const startConsumer = (handler = projecting) =>
  during(consumerOf(machine.setup, machine.matching, log, handler));

async function tellEach(keys: readonly string[]): Promise<void> {
  for (const key of keys) await machine.publishOf([key]);
}

async function versionOf(key: string): Promise<number | undefined> {
  const { rows } = await machine.consumer.query<Effect>(
    "select version from newest where key = $1",
    [key],
  );
  return rows[0]?.version;
}

async function epoch(): Promise<string | undefined> {
  const { rows } = await machine.owner.query<{ epoch: string }>("select epoch from outbox_head");
  return rows[0]?.epoch;
}

/** Drops the database and migrates a new one. */
async function makeAnew(): Promise<void> {
  await machine.owner.query("truncate outbox restart identity; truncate thing");
  await machine.owner.query(
    "update outbox_head set position = 0, published = 0, epoch = gen_random_uuid()",
  );
}

/** Makes a backup of the owner's database. The returned function restores it. */
async function backUp(): Promise<() => Promise<void>> {
  const tables = ["outbox", "outbox_head", "thing"];
  for (const table of tables) {
    await machine.owner.query(`drop table if exists saved_${table}`);
    await machine.owner.query(`create table saved_${table} as table ${table}`);
  }
  return async () => {
    const each = tables.map(
      (table) => `truncate ${table}; insert into ${table} table saved_${table}`,
    );
    const together = [...each, "select setval('outbox_id_seq', max(id)) from outbox"].join(";");
    await machine.owner.query(together);
  };
}

const FIVE = ["one", "two", "three", "four", "five"];
const NEW = FIVE.map((key) => `new ${key}`);

test("the events of a recreated database arrive, although their positions were used before", async () => {
  await machine.beginAt(0);
  const first = startRelay();
  const consumer = startConsumer();
  await tellEach(FIVE);
  await machine.quiet();
  await first.stop();
  await makeAnew();
  startRelay();
  await tellEach(NEW);
  await until(async () => (await versionOf("new five")) === 1);
  expect(await Promise.all(NEW.map(versionOf))).toEqual(NEW.map(() => 1));
  await tellEach(["new one"]);
  await until(async () => (await versionOf("new one")) === 2);
  await machine.quiet();
  await until(async () => consumer.lag()?.position === 6);
});

test("without epochs, a consumer of a recreated database receives none of them and reports no lag", async () => {
  await makeAnew();
  startRelay();
  await tellEach(FIVE);
  await until(async () => (await machine.redis.get(head)) === "5");
  await machine.beginAt(5);
  const consumer = startConsumer();
  await tellEach(["six"]);
  await until(async () => (await versionOf("six")) === 1);
  await until(async () => consumer.lag()?.position === 6);
  expect(consumer.lag()).toMatchObject({ events: 0 });
  expect(await Promise.all(FIVE.map(versionOf))).toEqual(FIVE.map(() => undefined));
});

/** A thing has version 7, its owner is restored to version 3, and then it changes once. */
async function setBack(handler: Handler<Tx>, how: "stopped" | "emptied" | "running") {
  await machine.beginAt(0);
  const first = startRelay();
  startConsumer(handler);
  await tellEach(Array.from({ length: 3 }, () => "thing"));
  await machine.quiet();
  const restore = await backUp();
  const before = await epoch();
  await tellEach(Array.from({ length: 4 }, () => "thing"));
  await until(async () => (await versionOf("thing")) === 7);
  if (how !== "running") await first.stop();
  await restore();
  if (how === "emptied") await machine.redis.flushall();
  if (how !== "running") startRelay();
  await until(async () => (await epoch()) !== before);
  await tellEach(["thing", "behind"]);
  await until(async () => (await versionOf("behind")) === 1);
  await machine.quiet();
}

test.each([
  ["its relay was stopped meanwhile", "stopped"],
  ["Redis was emptied too", "emptied"],
  ["its relay went on", "running"],
] as const)(
  "consumers follow a restored owner, and forget the events it has lost, when %s",
  async (_, how) => {
    await setBack(projecting, how);
    expect(await versionOf("thing")).toBe(4);
    const newest = await machine.redis.xrevrange(stream, "+", "-", "COUNT", 1);
    expect(newest[0]?.[0]).toBe("5-0");
  },
);

test("without epochs, a consumer skips the restored owner's events because it has higher versions", async () => {
  const { topic, apply } = projecting;
  await setBack({ topic, apply }, "stopped");
  expect(await versionOf("thing")).toBe(7);
});

/** While a consumer is away, its owner is restored and publishes beyond the consumer's offset. */
async function overtake(willForget: boolean) {
  await machine.beginAt(0);
  const first = startRelay();
  const away = startConsumer();
  await tellEach(["before"]);
  await machine.quiet();
  const restore = await backUp();
  await tellEach(FIVE);
  await machine.quiet();
  await Promise.all([first.stop(), away.stop()]);
  await restore();
  if (willForget) await machine.redis.flushall();
  const relay = startRelay();
  await tellEach([...NEW, "last"]);
  await until(async () => (await machine.redis.get(head)) === "7");
  startConsumer();
  return relay;
}

test("a consumer that was away while the restored owner overtook it misses nothing: the relay noticed", async () => {
  await overtake(false);
  await machine.quiet();
  expect(await Promise.all(NEW.map(versionOf))).toEqual(NEW.map(() => 1));
});

test("if Redis was emptied too, the consumer misses events until an operator sets a new epoch", async () => {
  const relay = await overtake(true);
  await machine.quiet();
  expect(await versionOf("last")).toBe(1);
  expect(await Promise.all(NEW.map(versionOf))).toEqual(NEW.map(() => undefined));
  await relay.stop();
  await machine.owner.query("update outbox_head set epoch = gen_random_uuid()");
  startRelay();
  await until(async () => (await versionOf("new five")) === 1);
  expect(await Promise.all(NEW.map(versionOf))).toEqual(NEW.map(() => 1));
});

/** The number of requests and answers that went through Redis. */
async function lettersSent(): Promise<number> {
  const stats = await machine.redis.info("commandstats");
  return Number(/cmdstat_rpush:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}

test("a late head in Redis restarts no consumer, because the owner's head is read first", async () => {
  await machine.beginAt(0);
  startRelay(60_000);
  startConsumer();
  await tellEach(FIVE);
  await machine.quiet();
  await until(async () => (await machine.redis.get(head)) === "5");
  const [before, sent] = [await epoch(), await lettersSent()];
  // A snapshot would bring this row back.
  await machine.consumer.query("truncate newest");
  await machine.redis.set(head, 1);
  await until(async () => (await lettersSent()) >= sent + 4);
  expect(await epoch()).toBe(before);
  expect(await versionOf("one")).toBeUndefined();
  await tellEach(["six"]);
  await until(async () => (await versionOf("six")) === 1);
});
