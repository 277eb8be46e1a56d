// Integration events on the real PostgreSQL and Redis: applied once and in order for each
// aggregate, despite kills and a Redis that loses its data. Meanwhile a transaction with a write
// stays open in another database of the cluster.
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { integrationKeys } from "../../../kit/facts/integration.ts";
import { type IdleTransaction, openIdleTransaction } from "./idle-transaction.ts";
import { type Effect, log, type OwnServers, openOwnServers, until } from "./own-servers.ts";
import { consumerOf, relayOf } from "./setup.ts";

let machine: OwnServers;
let idle: IdleTransaction;

beforeAll(async () => {
  machine = await openOwnServers();
  idle = await openIdleTransaction(machine.adminUrl);
});
afterAll(async () => {
  await idle.close();
  await machine.close();
});
beforeEach(() => machine.reset());

const { stream } = integrationKeys("test", "users");
const keys = Array.from({ length: 8 }, (_, at) => `thing-${at}`);
const asText = ({ key, version }: Effect) => `${key}:${version}`;

/** Publishes many at once, some for several aggregates. Every fifth is rolled back. */
async function publishMany(count: number): Promise<void> {
  await publishWhile((at) => at < count / PUBLISHERS);
}

const PUBLISHERS = 6;

/** Several publishers publish in parallel while `goesOn` returns true. */
async function publishWhile(goesOn: (at: number) => boolean): Promise<void> {
  const publishers = Array.from({ length: PUBLISHERS }, async (_, publisher) => {
    for (let at = 0; goesOn(at); at += 1) {
      const key = keys[(publisher * 3 + at) % keys.length] ?? "";
      const other = keys[(publisher + at * 5) % keys.length] ?? "";
      await machine.publishOf([...new Set([key, other])], (publisher + at) % 5 !== 0);
    }
  });
  await Promise.all(publishers);
}

/** Each committed event was applied once, and those of one aggregate in order. */
async function expectExactlyOnce(): Promise<void> {
  await machine.quiet();
  const told = await machine.published();
  const effects = await machine.effects();
  expect(effects.map(asText).sort()).toEqual(told.map(asText).sort());
  for (const key of keys) {
    const versions = effects.filter((each) => each.key === key).map((each) => each.version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }
}

test("despite repeated kills of relay and consumer, events are applied once and in order", async () => {
  await machine.beginAt(0);
  let isTelling = true;
  // Also after a failure: later tests need quiet.
  onTestFinished(() => {
    isTelling = false;
  });
  const telling = publishWhile(() => isTelling);
  const [relay, consumer] = await Promise.all([machine.start("relay"), machine.start("consumer")]);
  const running = { relay, consumer };
  for (const role of ["relay", "consumer", "consumer", "relay"] as const) {
    const next = await machine.start(role);
    const before = (await machine.effects()).length;
    await running[role].kill();
    running[role] = next;
    await until(async () => (await machine.effects()).length > before);
  }
  isTelling = false;
  await telling;
  await expectExactlyOnce();
  const { rows } = await machine.owner.query<{ position: string }>(
    "select position from outbox order by position",
  );
  expect(rows.map((row) => Number(row.position))).toEqual(rows.map((_, at) => at + 1));
}, 120_000);

describe("with a relay and a consumer", () => {
  let stop = async () => {};

  beforeEach(async () => {
    await machine.beginAt(0);
    const relay = relayOf({ ...machine.setup, streamMax: 20 }, log);
    const consumer = consumerOf(machine.setup, machine.matching, log);
    stop = async () => {
      await Promise.all([relay.stop(), consumer.stop()]);
    };
    return () => stop();
  });

  test("FLUSHALL at any moment loses nothing", async () => {
    const seen = new Set<number>();
    let isTelling = true;
    const telling = publishMany(120).finally(() => {
      isTelling = false;
    });
    while (isTelling) {
      for (const [id] of await machine.redis.xrange(stream, "-", "+")) seen.add(parseInt(id, 10));
      await machine.redis.flushall();
    }
    await telling;
    // Nobody reads the stream between this event and the end.
    await machine.publishOf(["thing-1"]);
    await machine.redis.flushall();
    await expectExactlyOnce();
    // The control: reading only the stream, as often as possible, misses some.
    expect(seen.size).toBeLessThan((await machine.published()).length);
  });

  test("an event published while Redis was emptied arrives without a later one", async () => {
    await machine.publishOf(["thing-1"]);
    await machine.quiet();
    await stop();
    const relay = relayOf(machine.setup, log);
    await machine.publishOf(["thing-1"]);
    await until(async () => (await machine.redis.xlen(stream)) === 2);
    await machine.redis.flushall();
    const consumer = consumerOf(machine.setup, machine.matching, log);
    await expectExactlyOnce();
    await Promise.all([relay.stop(), consumer.stop()]);
  });
});

test("a consumer that was away longer than the stream reaches back gets everything from the owner", async () => {
  await machine.beginAt(0);
  const relay = relayOf({ ...machine.setup, streamMax: 20 }, log);
  await publishMany(300);
  const count = (await machine.published()).length;
  const head = () => machine.redis.get(`${stream}:head`);
  await until(async () => (await head()) === String(count));
  // The control: the stream alone has lost the beginning.
  const first = (await machine.redis.xrange(stream, "-", "+", "COUNT", 1))[0]?.[0];
  expect(Number(first?.split("-")[0])).toBeGreaterThan(1);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await expectExactlyOnce();
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("a second replica takes over at once and applies nothing twice", async () => {
  await machine.beginAt(0);
  const relay = relayOf(machine.setup, log);
  const first = await machine.start("consumer");
  await machine.publishOf(["thing-1"]);
  await machine.quiet();
  const second = consumerOf(machine.setup, machine.matching, log);
  expect(second.lag()).toBeNull();
  await first.kill();
  await machine.publishOf(["thing-1"]);
  await expectExactlyOnce();
  await until(async () => second.lag()?.events === 0);
  await Promise.all([relay.stop(), second.stop()]);
});

test("an event wakes relay and consumer without waiting for a poll", async () => {
  await machine.beginAt(0);
  const relay = relayOf(machine.setup, log, { pollMs: 60_000 });
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await machine.publishOf(["thing-1"]);
  await machine.quiet();
  for (let at = 0; at < 20; at += 1) {
    await machine.publishOf(["thing-1"]);
    await machine.quiet();
  }
  await expectExactlyOnce();
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("without a failure, no failure is logged", async () => {
  await machine.beginAt(0);
  const said: string[] = [];
  const hearing = log.child({}, { level: "warn" });
  hearing.warn = (...told: unknown[]) => void said.push(JSON.stringify(told));
  const relay = relayOf(machine.setup, hearing);
  const consumer = consumerOf(machine.setup, machine.matching, hearing);
  await publishMany(60);
  await expectExactlyOnce();
  await Promise.all([relay.stop(), consumer.stop()]);
  expect(said).toEqual([]);
});

const HELD_MS = 20_000;
const LATE_MS = 5_000;

test("a transaction that is open for 20 s in another database delays nothing", async () => {
  await machine.beginAt(0);
  const relay = relayOf(machine.setup, log);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  let slowestMs = 0;
  do {
    const toldAt = Date.now();
    await machine.publishOf(["thing-1"]);
    await machine.quiet();
    slowestMs = Math.max(slowestMs, Date.now() - toldAt);
  } while ((await idle.heldMs()) < HELD_MS);
  expect(slowestMs).toBeLessThan(LATE_MS);
  await expectExactlyOnce();
  // The control: reading only up to the oldest open transaction of the cluster would find none.
  const { rows } = await machine.owner.query(
    `select from outbox
     where xmin::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint`,
  );
  expect(rows).toHaveLength(0);
  await Promise.all([relay.stop(), consumer.stop()]);
}, 60_000);
