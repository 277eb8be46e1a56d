// The projections of events, matching and messaging equal their sources in the end, after repeated,
// late and reordered events and after snapshots.
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import type { Fact } from "../../../kit/facts/outbox.ts";
import { operation } from "../../../schema/operations.ts";
import { PrismaClient } from "../../../subgraphs/matching/generated/prisma/client.ts";
import { HANDLERS } from "../../../subgraphs/matching/integration.ts";
import { blockFact } from "../../../subgraphs/users/integration.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { stack } from "../../kit/stack.ts";
import { anEvent, aPerson, aRegistration, cancelRegistration } from "../../kit/stories.ts";
import { log, until } from "./own-servers.ts";

const pool = createPool(stack().urls.databases.matching ?? "", log);
const matching = new PrismaClient({ adapter: createAdapter(pool) });
afterAll(async () => {
  await matching.$disconnect();
  await pool.end();
});

/** The same query for an owner and for a projection, by table. */
const QUESTIONS: readonly (readonly [owner: string, asOwner: string, asked: string])[] = [
  [
    "users",
    `select id, location, skills, interests, intents::text[] as intents, version
     from person where id = any($1) order by id`,
    `select id, location, skills, interests, intents, version
     from person where id = any($1) order by id`,
  ],
  ["users", ...same("blocker_id, blocked_id, is_blocked, version from block", "blocker_id")],
  [
    "events",
    `select id, status::text as status, starts_at, version from event where id in
       (select event_id from registration where attendee_id = any($1)) order by id`,
    `select id, status, starts_at, version from event where id in
       (select event_id from registration where person_id = any($1)) order by id`,
  ],
  [
    "events",
    `select id, event_id, attendee_id, status::text as status, changed_seq as version
     from registration where attendee_id = any($1) order by id`,
    `select id, event_id, person_id as attendee_id, status, version
     from registration where person_id = any($1) order by id`,
  ],
];

function same(what: string, whose: string): readonly [string, string] {
  const question = `select ${what} where ${whose} = any($1) order by 1, 2`;
  return [question, question];
}

const rowsOf = (subgraph: string, question: string, ids: readonly string[]) =>
  withDatabase(subgraph, async (client) => (await client.query(question, [ids])).rows);

/** Waits until the projections of these people equal the owners' rows, and returns the rows. */
async function converged(ids: readonly string[]): Promise<unknown[][]> {
  const owned = await Promise.all(QUESTIONS.map(([owner, asOwner]) => rowsOf(owner, asOwner, ids)));
  const projected = () =>
    Promise.all(QUESTIONS.map(([, , asked]) => rowsOf("matching", asked, ids)));
  const wanted = JSON.stringify(owned);
  await until(async () => JSON.stringify(await projected()) === wanted);
  return owned;
}

/**
 * People register, and then change profiles, block each other and cancel, all at once. The blocks
 * come after the registrations, because a host's block prevents registering.
 */
async function aLivelyEvening(): Promise<string[]> {
  const people = await Promise.all(Array.from({ length: 6 }, (_, at) => aPerson(`Guest ${at}`)));
  const [host] = people;
  const eventId = await anEvent(host?.token ?? "", { capacity: 3 });
  await anEvent(host?.token ?? "", { isDraft: true });
  const registered = await Promise.all(
    people.map(({ token }, at) => aRegistration(token, eventId, {}, at % 2)),
  );
  await Promise.all(
    people.map(async ({ token, id }, at) => {
      const as = { as: token, router: at % 2 };
      const other = people[(at + 1) % people.length]?.id ?? id;
      for (const skill of ["TypeScript", "Rust"]) {
        await dataOf(operation("UpdateProfile"), { input: { skills: [skill, `${at}`] } }, as);
      }
      await dataOf(operation("BlockUser"), { input: { userId: other } }, as);
      if (at % 2 === 0) await dataOf(operation("UnblockUser"), { input: { userId: other } }, as);
      if (at % 3 === 0) await cancelRegistration(token, registered[at]?.id ?? "", at % 2);
    }),
  );
  return people.map(({ id }) => id);
}

test("changes that people make through the API arrive in matching", async () => {
  const ids = await aLivelyEvening();
  const [people, blocks, events, registrations] = await converged(ids);
  expect(people?.map((each) => (each as { version: number }).version)).toEqual(ids.map(() => 3));
  expect([blocks?.length, events?.length, registrations?.length]).toEqual([6, 1, 6]);
});

test.each(["events", "messaging"])("blocks arrive in %s", async (subgraph) => {
  const [ada, grace] = await Promise.all([aPerson("Ada"), aPerson("Grace")]);
  await dataOf(operation("BlockUser"), { input: { userId: grace.id } }, { as: ada.token });
  const blocks = () => rowsOf(subgraph, "select * from block where blocker_id = any($1)", [ada.id]);
  await until(async () => (await blocks()).length === 1);
  expect(await blocks()).toEqual([
    { blocker_id: ada.id, blocked_id: grace.id, is_blocked: true, version: 1 },
  ]);
});

test("a new consumer gets a snapshot, and goes on from there", async () => {
  const before = await aLivelyEvening();
  await converged(before);
  await withDatabase("matching", async (client) => {
    await client.query("begin");
    await client.query("delete from consumer_position");
    await client.query("delete from person where id = any($1)", [before]);
    await client.query("delete from block where blocker_id = any($1)", [before]);
    await client.query("delete from registration where person_id = any($1)", [before]);
    await client.query("commit");
  });
  await converged(before);
  await converged(await aLivelyEvening());
});

const PROJECTED = [
  ["matching", "person", "id"],
  ["matching", "block", "blocker_id"],
  ["matching", "registration", "person_id"],
  ["events", "block", "blocker_id"],
  ["messaging", "block", "blocker_id"],
] as const;

test("consumers accept an owner of another epoch, even with lower versions", async () => {
  const people = await aLivelyEvening();
  await converged(people);
  const [question] = same("blocker_id, blocked_id, is_blocked, version from block", "blocker_id");
  const blocksIn = async (subgraph: string) =>
    JSON.stringify(await rowsOf(subgraph, question, people));
  const owned = await blocksIn("users");
  for (const [subgraph, table, whose] of PROJECTED) {
    await rowsOf(subgraph, `update ${table} set version = 1000 where ${whose} = any($1)`, people);
  }
  for (const subgraph of ["matching", "events", "messaging"]) {
    const lift = "update block set is_blocked = not is_blocked where blocker_id = any($1)";
    await rowsOf(subgraph, lift, people);
  }
  for (const owner of ["users", "events"]) {
    await withDatabase(owner, (client) =>
      client.query("update outbox_head set epoch = gen_random_uuid()"),
    );
  }
  await converged(people);
  await until(async () => (await blocksIn("events")) === owned);
  await until(async () => (await blocksIn("messaging")) === owned);
});

test("operators see the lag of matching", async () => {
  const url = new URL("/metrics", stack().urls.admin.matching);
  const metrics = async () => (await fetch(url)).text();
  await until(async () => /^integration_behind_events\{source="users"\} 0$/m.test(await metrics()));
  expect(await metrics()).toMatch(/^integration_behind_seconds\{source="events"\} [\d.]+$/m);
});

const [blockChanged] = HANDLERS.users.filter(({ topic }) => topic === "users.block.changed.v1");

interface Delivery {
  readonly length: number;
  readonly order: readonly number[];
}

/** Indices into a history in any order, with repeats, and with the last one among them. */
const deliveries = fc.integer({ min: 1, max: 8 }).chain((length) =>
  fc.record({
    length: fc.constant(length),
    order: fc
      .array(fc.integer({ min: 0, max: length - 1 }), { maxLength: 12 })
      .chain((some) => fc.shuffledSubarray([...some, length - 1], { minLength: some.length + 1 })),
  }),
);

/** The projection after a delivery, and the expected one. */
async function deliver({ length, order }: Delivery, apply: (fact: Fact) => Promise<void>) {
  const pair = { blockerId: newId(), blockedId: newId() };
  const history = Array.from({ length }, (_, at) =>
    blockFact({ ...pair, isBlocked: at % 2 === 0, version: at + 1, changedAt: new Date() }),
  );
  for (const at of order) {
    const fact = history[at];
    if (fact) await apply(fact);
  }
  const block = await matching.block.findUnique({ where: { blockerId_blockedId: pair } });
  return { found: block?.isBlocked, wanted: length % 2 === 1 };
}

const property = (apply: (fact: Fact) => Promise<void>) =>
  fc.asyncProperty(deliveries, async (delivery) => {
    const { found, wanted } = await deliver(delivery, apply);
    expect(found).toBe(wanted);
  });

test("the newest version stays, whatever order and however often versions arrive in", async () => {
  const apply = (fact: Fact) =>
    inTransaction(matching, async (tx) => blockChanged?.apply(tx, fact));
  await fc.assert(property(apply), { numRuns: 60 });
});

test("without versions, the same deliveries leave old states", async () => {
  const apply = async ({ payload }: Fact) => {
    const { blockerId, blockedId, isBlocked } = payload as {
      blockerId: string;
      blockedId: string;
      isBlocked: boolean;
    };
    await matching.block.upsert({
      where: { blockerId_blockedId: { blockerId, blockedId } },
      create: { blockerId, blockedId, isBlocked, version: 1 },
      update: { isBlocked },
    });
  };
  const { failed } = await fc.check(property(apply), { numRuns: 200 });
  expect(failed).toBe(true);
});
