// Replays and snapshots from the owner, page by page: the consumer or the relay is killed in the
// middle. Controls show the damage without snapshots and versions.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { integrationKeys } from "../../../kit/facts/integration.ts";
import { type Effect, log, type OwnServers, openOwnServers, until } from "./own-servers.ts";
import { consumerOf, effectHandler, relayOf, TOPIC, type Tx } from "./setup.ts";

let machine: OwnServers;

beforeAll(async () => {
  machine = await openOwnServers();
  await machine.consumer.query("create table newest (key text primary key, version int not null)");
  await machine.consumer.query("create table latest (key text primary key, version int not null)");
});
afterAll(() => machine.close());
beforeEach(() => machine.reset());

const { stream, requests } = integrationKeys("test", "users");
const asText = ({ key, version }: Effect) => `${key}:${version}`;
const PAGE = 200;

/** The owner's things, for snapshots. */
const things = {
  name: "things",
  page: async (after: string | null) => {
    const { rows } = await machine.owner.query<Effect>(
      "select key, version from thing where key > $1 order by key limit $2",
      [after ?? "", PAGE],
    );
    return rows.map(({ key, version }) => ({ topic: TOPIC, key, version, payload: {} }));
  },
};

async function position(): Promise<number | null> {
  const { rows } = await machine.consumer.query<{ position: string }>(
    "select position from consumer_position",
  );
  return rows[0] ? Number(rows[0].position) : null;
}

/** A gate at which code waits until the test opens it. */
function gate() {
  let arrive = () => {};
  let open = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const pass = () => {
    arrive();
    return opened;
  };
  return { arrived, pass, open };
}

test("a consumer that was away longer than the owner keeps events starts again from a snapshot", async () => {
  await machine.beginAt(0);
  const relay = relayOf(machine.setup, log, { snapshot: [things], keptMs: 0 });
  for (const key of ["thing-1", "thing-1", "thing-2"]) await machine.publishOf([key]);
  await until(async () => (await machine.published()).length === 0);
  await machine.redis.del(stream);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await until(async () => (await machine.effects()).length === 2);
  expect((await machine.effects()).map(asText)).toEqual(["thing-1:2", "thing-2:1"]);
  await machine.publishOf(["thing-2"]);
  await until(async () => (await machine.effects()).length === 3);
  expect((await machine.effects()).map(asText)).toContain("thing-2:2");
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("without the snapshot, a consumer never receives state that did not change again", async () => {
  const relay = relayOf(machine.setup, log, { snapshot: [things], keptMs: 0 });
  for (const key of ["thing-1", "thing-2"]) await machine.publishOf([key]);
  await until(async () => (await machine.published()).length === 0);
  await machine.beginAt(2);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await machine.publishOf(["thing-2"]);
  await until(async () => (await position()) === 3);
  expect((await machine.effects()).map(asText)).toEqual(["thing-2:2"]);
  await Promise.all([relay.stop(), consumer.stop()]);
});

const THINGS = 500;

/** The newest version of each key at the consumer. */
async function projected(): Promise<Effect[]> {
  const { rows } = await machine.consumer.query<Effect>(
    "select key, max(version) as version from effect group by key order by key",
  );
  return rows;
}

test("a consumer killed in the middle of a snapshot starts it again, and misses nothing", async () => {
  await machine.owner.query(
    "insert into thing select 'thing-' || n, 1 from generate_series(1, $1::int) as n",
    [THINGS],
  );
  const third = gate();
  let pages = 0;
  const page = async (after: string | null) => {
    pages += 1;
    if (pages === 3) await third.pass();
    return things.page(after);
  };
  const relay = relayOf(machine.setup, log, { snapshot: [{ ...things, page }] });
  const killed = await machine.start("consumer");
  await third.arrived;
  await killed.kill();
  third.open();
  expect([(await projected()).length, await position()]).toEqual([2 * PAGE, null]);

  // The control: with the offset stored before the states, the rest is never requested.
  await machine.beginAt(0);
  const hasty = consumerOf(machine.setup, machine.matching, log);
  await machine.publishOf(["thing-1"]);
  await until(async () => (await position()) === 1);
  await hasty.stop();
  expect(await projected()).toHaveLength(2 * PAGE);

  await machine.consumer.query("delete from consumer_position");
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await until(async () => (await position()) === 1);
  const { rows } = await machine.owner.query("select key, version from thing order by key");
  expect(await projected()).toEqual(rows);
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("a replay whose relay is killed is requested again, without gaps or repeats", async () => {
  await machine.beginAt(0);
  const names = Array.from({ length: PAGE }, (_, at) => `thing-${at}`);
  const first = relayOf(machine.setup, log);
  for (let version = 1; version <= 3; version += 1) await machine.publishOf(names);
  await until(async () => (await machine.redis.xlen(stream)) === 3 * PAGE);
  await first.stop();
  await machine.redis.del(stream);

  const second = gate();
  const consumer = consumerOf(machine.setup, machine.matching, log, {
    ...effectHandler,
    async apply(tx, fact) {
      if (fact.version === 2 && fact.key === "thing-0") await second.pass();
      await effectHandler.apply(tx, fact);
    },
  });
  const killed = await machine.start("relay");
  await second.arrived;
  await killed.kill();
  second.open();
  // A relay that dies while it answers has already removed the request.
  await until(async () => (await machine.redis.lpop(requests)) !== null);
  expect(await machine.effects()).toHaveLength(2 * PAGE);

  const relay = relayOf(machine.setup, log);
  await machine.quiet();
  const [told, effects] = await Promise.all([machine.published(), machine.effects()]);
  expect(effects).toEqual(told);
  await Promise.all([relay.stop(), consumer.stop()]);
});

/** Keeps the newest version, and besides the last arrived one. */
async function project(tx: Tx, { key, version }: Effect): Promise<void> {
  await tx.$executeRaw`/* test.newest */
    insert into newest values (${key}, ${version}::int) on conflict (key)
    do update set version = excluded.version where newest.version < excluded.version`;
  await tx.$executeRaw`/* test.latest */
    insert into latest values (${key}, ${version}::int) on conflict (key)
    do update set version = excluded.version`;
}

test("a snapshot page that is applied late by a former leader brings no old state back", async () => {
  await machine.publishOf(["thing"]);
  const relay = relayOf(machine.setup, log, { snapshot: [things] });
  const late = gate();
  const slow = consumerOf(machine.setup, machine.matching, log, {
    topic: TOPIC,
    async apply(tx, fact) {
      await late.pass();
      await project(tx, fact);
    },
  });
  await late.arrived;
  const other = consumerOf(machine.setup, machine.matching, log, { topic: TOPIC, apply: project });
  await machine.consumer.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
  );
  await machine.publishOf(["thing"]);
  await until(async () => (await position()) === 2);
  late.open();
  await slow.stop();
  const versionIn = async (table: "newest" | "latest") =>
    (await machine.consumer.query<{ version: number }>(`select version from ${table}`)).rows;
  expect(await versionIn("newest")).toEqual([{ version: 2 }]);
  // The control: without versions the old state stays.
  expect(await versionIn("latest")).toEqual([{ version: 1 }]);
  await Promise.all([relay.stop(), other.stop()]);
});
