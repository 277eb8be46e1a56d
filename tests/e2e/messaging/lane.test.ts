// The lane of sends on the real database: every send hears of itself, also when others are wrong,
// the lane is full, or a lock is not to be had.
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { createAdapter, inTransaction } from "../../../kit/database.ts";
import { newId } from "../../../kit/id.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { createSendLane } from "../../../subgraphs/messaging/messages/sending.ts";
import { appendMessages } from "../../../subgraphs/messaging/messages/store.ts";
import { conversationStream } from "../../../subgraphs/messaging/streams.ts";
import { databaseUrlOf } from "../../kit/database.ts";
import { strangers } from "../../kit/stories.ts";
import { aGroup, expectWhole, logOf } from "./harness.ts";
import { messageOf, silent, waitsFor } from "./lane.ts";

const connectionString = databaseUrlOf("messaging");
const pools: pg.Pool[] = [];

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
});

/** Messaging's database as a process has it that is patient for so long. */
function databaseWith(patience: Pick<pg.PoolConfig, "lock_timeout" | "statement_timeout"> = {}) {
  const pool = new pg.Pool({ connectionString, max: 5, ...patience });
  pools.push(pool);
  return new PrismaClient({ adapter: createAdapter(pool) });
}

/** Locks a conversation until the returned function is called. */
async function hold(conversationId: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query("begin");
  await client.query("select from stream where id = $1 for no key update", [
    conversationStream(conversationId),
  ]);
  return () => client.end();
}

/** How sends ended: the kind of verdict, or the code of the refusal. */
async function endsOf(sends: readonly Promise<{ readonly kind: string }>[]): Promise<string[]> {
  const ended = await Promise.allSettled(sends);
  return ended.map((each) =>
    each.status === "fulfilled" ? each.value.kind : (each.reason.extensions?.code ?? "failed"),
  );
}

describe("a batch", () => {
  test("gives every send its own verdict, and what cannot be stored fails alone", async () => {
    const [owner, bob, stranger] = await strangers(3);
    const [group, other] = await Promise.all([aGroup(owner, [bob]), aGroup(owner, [bob])]);
    const lane = createSendLane(databaseWith(), silent);
    const original = messageOf(group, owner.id, "one");
    const batch = [
      original,
      messageOf(other, bob.id),
      messageOf(group, stranger.id),
      { ...messageOf(group, owner.id, "one"), clientMessageId: original.clientMessageId },
      { ...messageOf(group, owner.id, "two"), clientMessageId: original.clientMessageId },
      messageOf(newId(), owner.id),
      { ...messageOf(group, bob.id), replyToId: newId() },
      messageOf(group, bob.id, "nul \0 nul"),
      messageOf(group, bob.id),
    ];
    expect(await endsOf(batch.map(lane.add))).toEqual([
      "stored",
      "stored",
      "notFound",
      "replayed",
      "conflict",
      "notFound",
      "replyNotFound",
      "failed",
      "stored",
    ]);
    await Promise.all([expectWhole(group), expectWhole(other)]);
    expect(await logOf(group)).toHaveLength(2);
  });

  test("of 200 with one poisoned among them stores the others; stored as one, none", async () => {
    const [owner] = await strangers(1);
    const group = await aGroup(owner, []);
    const database = databaseWith();
    const batch = Array.from({ length: 200 }, (_, at) =>
      messageOf(group, owner.id, at === 77 ? "nul \0 nul" : `m${at}`),
    );
    // The control: without halving, one takes all of them with it.
    await expect(inTransaction(database, (tx) => appendMessages(tx, batch))).rejects.toThrow();
    expect(await logOf(group)).toEqual([]);
    const ends = await endsOf(batch.map(createSendLane(database, silent).add));
    expect(ends.map((end, at) => [at, end]).filter(([, end]) => end !== "stored")).toEqual([
      [77, "failed"],
    ]);
    await expectWhole(group);
    expect(await logOf(group)).toHaveLength(199);
  });
});

test("a full lane refuses what comes next with RATE_LIMITED, loses none that wait, and goes on", async () => {
  const [owner] = await strangers(1);
  const group = await aGroup(owner, []);
  const { add } = createSendLane(databaseWith(), silent);
  const release = await hold(group);
  const many = (count: number) => Array.from({ length: count }, () => messageOf(group, owner.id));
  const underWay = endsOf(many(200).map(add));
  await waitsFor("logs.streams.lock");
  const waiting = endsOf(many(5_000).map(add));
  const late = messageOf(group, owner.id);
  await expect(add(late)).rejects.toMatchObject({
    extensions: { code: "RATE_LIMITED", retryAfterMs: 500 },
  });
  await release();
  expect(new Set([...(await underWay), ...(await waiting)])).toEqual(new Set(["stored"]));
  expect(await endsOf([add(late)])).toEqual(["stored"]);
  await expectWhole(group);
  expect(await logOf(group)).toHaveLength(5_201);
});

test("a lock that is not to be had in time is a CONFLICT for the whole batch, and all may send again", async () => {
  const [owner, bob] = await strangers(2);
  const [held, free] = await Promise.all([aGroup(owner, [bob]), aGroup(owner, [bob])]);
  const { add } = createSendLane(databaseWith({ lock_timeout: 100 }), silent);
  const batch = [messageOf(held, owner.id), messageOf(held, bob.id), messageOf(free, bob.id)];
  const release = await hold(held);
  expect(await endsOf(batch.map(add))).toEqual(["CONFLICT", "CONFLICT", "CONFLICT"]);
  await expect(add(messageOf(held, owner.id))).rejects.toMatchObject({
    extensions: { retryAfterMs: 1_000 },
  });
  expect([await logOf(held), await logOf(free)]).toEqual([[], []]);
  await release();
  const again = batch.map((message) => ({ ...message, id: newId() }));
  expect(await endsOf(again.map(add))).toEqual(["stored", "stored", "stored"]);
  await Promise.all([expectWhole(held), expectWhole(free)]);
});

test("a database that is too slow is told to the whole batch at once, and not tried send by send", async () => {
  const [owner] = await strangers(1);
  const group = await aGroup(owner, []);
  const { add } = createSendLane(databaseWith({ statement_timeout: 100 }), silent);
  const batch = Array.from({ length: 100 }, () => messageOf(group, owner.id));
  const release = await hold(group);
  const startedAt = performance.now();
  expect(new Set(await endsOf(batch.map(add)))).toEqual(new Set(["DEADLINE_EXCEEDED"]));
  // Send by send, it would be at least 199 times the patience.
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  await release();
  const later = createSendLane(databaseWith(), silent);
  expect(new Set(await endsOf(batch.map(later.add)))).toEqual(new Set(["stored"]));
  await expectWhole(group);
});
