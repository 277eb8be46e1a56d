// Events whose content is erased: gone from the outbox and from Redis, while a consumer that had
// not read them still gets a sequence without a gap.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { integrationKeys } from "../../../kit/facts/integration.ts";
import { blankFacts } from "../../../kit/facts/outbox.ts";
import { log, type OwnServers, openOwnServers, until } from "./own-servers.ts";
import { consumerOf, relayOf } from "./setup.ts";

let machine: OwnServers;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  machine = await openOwnServers();
});
afterAll(() => machine?.close());
beforeEach(() => machine.reset());
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

function during<Each extends (typeof running)[number]>(each: Each): Each {
  running.push(each);
  return each;
}

const { stream, head } = integrationKeys("test", "users");
const relay = () => during(relayOf(machine.setup, log));
const consumer = () => during(consumerOf(machine.setup, machine.matching, log));

async function tell(...keys: string[]): Promise<void> {
  for (const key of keys) await machine.publishOf([key]);
}

const topics = async () =>
  (await machine.owner.query<{ topic: string }>("select topic from outbox order by id")).rows.map(
    ({ topic }) => topic,
  );

test("a consumer that lags behind them gets all others, once and in order", async () => {
  await machine.beginAt(0);
  relay();
  await tell("one", "secret", "two", "secret", "three");
  await until(async () => (await machine.redis.get(head)) === "5");
  expect(JSON.stringify(await machine.redis.xrange(stream, "-", "+"))).toContain("secret");
  await blankFacts(machine.users, "secret");
  await until(async () => (await topics()).filter((each) => each === "outbox.blank").length === 2);
  expect(await machine.redis.exists(stream)).toBe(0);
  await tell("four");
  consumer();
  await machine.quiet();
  expect((await machine.effects()).map(({ key }) => key)).toEqual(["one", "two", "three", "four"]);
});

test("a consumer that has read them goes on without a snapshot", async () => {
  await machine.beginAt(0);
  relay();
  consumer();
  await tell("one", "secret");
  await machine.quiet();
  await blankFacts(machine.users, "secret");
  await until(async () => (await topics()).includes("outbox.blank"));
  await tell("two", "three");
  await machine.quiet();
  expect((await machine.effects()).map(({ key }) => key)).toEqual([
    "one",
    "secret",
    "two",
    "three",
  ]);
});

test("events that were not published yet are published without their content", async () => {
  await machine.beginAt(0);
  await tell("one", "secret", "two");
  await blankFacts(machine.users, "secret");
  relay();
  consumer();
  await machine.quiet();
  expect((await machine.effects()).map(({ key }) => key)).toEqual(["one", "two"]);
  await until(async () => (await topics()).includes("outbox.blank"));
});
