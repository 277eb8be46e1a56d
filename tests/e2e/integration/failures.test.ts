// Integration events during failures: Redis dies, an event cannot be applied, a transaction commits
// late. Most tests have a control that shows the damage without the guard.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { integrationKeys } from "../../../kit/facts/integration.ts";
import { deadLetters } from "../../../local/dead-letters.ts";
import { log, type OwnServers, openOwnServers, until } from "./own-servers.ts";
import { consumerOf, effectHandler, relayOf, TOPIC } from "./setup.ts";

let machine: OwnServers;

beforeAll(async () => {
  machine = await openOwnServers();
});
afterAll(() => machine.close());
beforeEach(async () => {
  await machine.reset();
  await machine.beginAt(0);
});

const versionsOf = async (key: string) =>
  (await machine.effects()).filter((each) => each.key === key).map((each) => each.version);

async function published(): Promise<number> {
  const { rows } = await machine.owner.query<{ published: string }>(
    "select published from outbox_head",
  );
  return Number(rows[0]?.published);
}

test("an event whose transaction commits late is published late, and not lost", async () => {
  const relay = relayOf(machine.setup, log);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  const late = await machine.owner.connect();
  await late.query("begin");
  await late.query(
    `insert into outbox (topic, key, version, payload, created_at)
     values ('test.thing.changed.v1', 'late', 1, '{}', now())`,
  );
  await machine.publishOf(["early"]);
  await until(async () => (await versionsOf("early")).length === 1);
  const { rows } = await machine.owner.query<{ id: string }>("select max(id) as id from outbox");
  await late.query("commit");
  late.release();
  await machine.quiet();
  expect(await versionsOf("late")).toEqual([1]);
  // The control: reading rows after the last id never finds it.
  const behind = await machine.owner.query("select from outbox where id > $1", [rows[0]?.id]);
  expect(behind.rows).toHaveLength(0);
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("after Redis is killed and comes back empty, the waiting events arrive once", async () => {
  const relay = relayOf(machine.setup, log);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await machine.publishOf(["thing"]);
  await machine.quiet();
  const revive = await machine.killRedis();
  for (let at = 0; at < 20; at += 1) await machine.publishOf(["thing"]);
  expect(await versionsOf("thing")).toEqual([1]);
  await revive();
  await machine.quiet();
  expect(await versionsOf("thing")).toEqual(Array.from({ length: 21 }, (_, at) => at + 1));
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("events that were only in Redis when it was killed are read from the owner", async () => {
  const relay = relayOf(machine.setup, log);
  for (let at = 0; at < 10; at += 1) await machine.publishOf(["thing"]);
  await until(async () => (await published()) === 10);
  const revive = await machine.killRedis();
  for (let at = 0; at < 10; at += 1) await machine.publishOf(["thing"]);
  await revive();
  await until(async () => (await published()) === 20);
  // The control: reading only the stream never finds the first ten.
  const { stream } = integrationKeys("test", "users");
  const [first] = await machine.redis.xrange(stream, "-", "+", "COUNT", 1);
  expect(first?.[0]).toBe("11-0");
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await machine.quiet();
  expect(await versionsOf("thing")).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("an event that cannot be applied becomes a dead letter with its error, and the others go on", async () => {
  const relay = relayOf(machine.setup, log);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await machine.publishOf(["before"]);
  await machine.publishOf(["poison"]);
  await machine.publishOf(["behind"]);
  await machine.quiet();
  expect(await versionsOf("behind")).toEqual([1]);
  expect(await versionsOf("before")).toEqual([1]);
  const { rows } = await machine.consumer.query("select position, key, error from dead_letter");
  expect(rows).toMatchObject([{ position: "2", key: "poison" }]);
  expect(rows[0].error).toContain("this event cannot be applied");
  await consumer.stop();

  const cured = consumerOf(machine.setup, machine.matching, log, {
    ...effectHandler,
    apply: (tx, fact) => effectHandler.apply(tx, { ...fact, key: `cured ${fact.key}` }),
  });
  const letters = await deadLetters(machine.setup.consumerUrl, true);
  expect(letters).toMatchObject([{ key: "poison", version: 1, isRequeued: true }]);
  await until(async () => (await versionsOf("cured poison")).length === 1);
  expect((await machine.consumer.query("select from dead_letter")).rows).toHaveLength(0);
  await Promise.all([relay.stop(), cured.stop()]);
});

test("an event that arrives again at the same position is not applied again", async () => {
  const relay = relayOf(machine.setup, log);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await machine.publishOf(["thing"]);
  await machine.publishOf(["thing"]);
  await machine.quiet();
  // As after a crash between the write to the stream and the stored position.
  await machine.redis.flushall();
  await machine.owner.query("update outbox_head set published = 0");
  await machine.publishOf(["thing"]);
  await machine.quiet();
  expect(await published()).toBe(3);
  expect(await versionsOf("thing")).toEqual([1, 2, 3]);
  await consumer.stop();

  // The control: without its position, the consumer applies all of it again.
  await machine.consumer.query("update consumer_position set position = 0");
  const forgetful = consumerOf(machine.setup, machine.matching, log);
  await machine.quiet();
  expect(await versionsOf("thing")).toEqual([1, 2, 3, 1, 2, 3]);
  await Promise.all([relay.stop(), forgetful.stop()]);
});

test("an effect inside the transaction happens once, and one outside it twice if the consumer fails", async () => {
  const relay = relayOf(machine.setup, log);
  const failing = new Set(["inside", "outside"]);
  const consumer = consumerOf(machine.setup, machine.matching, log, {
    ...effectHandler,
    async apply(tx, fact) {
      await effectHandler.apply(fact.key === "outside" ? machine.matching : tx, fact);
      if (failing.delete(fact.key)) throw new Error("failed after the effect");
    },
  });
  await machine.publishOf(["inside"]);
  await machine.quiet();
  await machine.publishOf(["outside"]);
  await machine.quiet();
  expect(await versionsOf("inside")).toEqual([1]);
  expect(await versionsOf("outside")).toEqual([1, 1]);
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("events published without the lock of their aggregate arrive in the wrong order", async () => {
  const relay = relayOf(machine.setup, log);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  const insert = `insert into outbox (topic, key, version, payload, created_at)
    values ('test.thing.changed.v1', 'unlocked', $1, '{}', now())`;
  const slow = await machine.owner.connect();
  await slow.query("begin");
  await slow.query(insert, [1]);
  await machine.owner.query(insert, [2]);
  await until(async () => (await versionsOf("unlocked")).length === 1);
  await slow.query("commit");
  slow.release();
  await machine.quiet();
  expect(await versionsOf("unlocked")).toEqual([2, 1]);
  await Promise.all([relay.stop(), consumer.stop()]);
});

test("keys that another database left in Redis under the same name are ignored", async () => {
  const { stream, epoch } = integrationKeys("test", "users");
  const foreign = { topic: TOPIC, key: "foreign", version: 1, payload: {}, toldAtMs: 0 };
  for (const position of [1, 2, 3]) {
    const event = JSON.stringify({ ...foreign, position });
    await machine.redis.xadd(stream, `${position}-0`, "event", event);
  }
  await machine.redis.set(epoch, "another");
  const relay = relayOf(machine.setup, log);
  await until(async () => (await machine.redis.xlen(stream)) === 0);
  const consumer = consumerOf(machine.setup, machine.matching, log);
  await machine.publishOf(["ours"]);
  await machine.publishOf(["ours"]);
  await machine.quiet();
  expect(await versionsOf("foreign")).toEqual([]);
  expect(await versionsOf("ours")).toEqual([1, 2]);
  await Promise.all([relay.stop(), consumer.stop()]);
});
