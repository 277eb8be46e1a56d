// The send batcher on the real database: every send gets its own verdict, also if others fail, the
// queue is full or a lock times out. No send waits for the lock of another conversation.
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { createAdapter, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { lockStreams } from "../../../kit/live/streams.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { createSendBatcher } from "../../../subgraphs/messaging/messages/sending.ts";
import { appendMessages, type NewMessage } from "../../../subgraphs/messaging/messages/store.ts";
import { conversationStream } from "../../../subgraphs/messaging/streams.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, expectConsistent, logOf } from "./harness.ts";
import { messageOf, ownConnections, silent, untilWaitingForLock } from "./lock-waits.ts";

const connectionString = ownConnections();
const pools: pg.Pool[] = [];

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
});

type Patience = Pick<pg.PoolConfig, "lock_timeout" | "statement_timeout">;

function poolWith(patience: Patience = {}): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 5, ...patience });
  pools.push(pool);
  return pool;
}

const clientOf = (pool: pg.Pool) => new PrismaClient({ adapter: createAdapter(pool) });

/** Messaging's database with these timeouts. */
const databaseWith = (patience: Patience = {}) => clientOf(poolWith(patience));

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

/** The outcome of each send: the kind of verdict, or the error code. */
async function endsOf(sends: readonly Promise<{ readonly kind: string }>[]): Promise<string[]> {
  const ended = await Promise.allSettled(sends);
  return ended.map((each) =>
    each.status === "fulfilled" ? each.value.kind : (each.reason.extensions?.code ?? "failed"),
  );
}

describe("a batch", () => {
  test("gives every send its own verdict, and an invalid one fails alone", async () => {
    const [owner, bob, stranger] = await tokenHolders(3);
    const [group, other] = await Promise.all([aGroup(owner, [bob]), aGroup(owner, [bob])]);
    const batcher = createSendBatcher(databaseWith(), silent);
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
    expect(await endsOf(batch.map(batcher.add))).toEqual([
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
    await Promise.all([expectConsistent(group), expectConsistent(other)]);
    expect(await logOf(group)).toHaveLength(2);
  });

  test("of 200 with a poisoned one stores the others; in one statement none would be stored", async () => {
    const [owner] = await tokenHolders(1);
    const group = await aGroup(owner, []);
    const database = databaseWith();
    const batch = Array.from({ length: 200 }, (_, at) =>
      messageOf(group, owner.id, at === 77 ? "nul \0 nul" : `m${at}`),
    );
    // The control: without halving, the poisoned one fails the whole batch.
    await expect(inTransaction(database, (tx) => appendMessages(tx, batch))).rejects.toThrow();
    expect(await logOf(group)).toEqual([]);
    const ends = await endsOf(batch.map(createSendBatcher(database, silent).add));
    expect(ends.map((end, at) => [at, end]).filter(([, end]) => end !== "stored")).toEqual([
      [77, "failed"],
    ]);
    await expectConsistent(group);
    expect(await logOf(group)).toHaveLength(199);
  });
});

test("a full queue refuses further sends with RATE_LIMITED, and stores all that wait", async () => {
  const [owner] = await tokenHolders(1);
  const group = await aGroup(owner, []);
  const { add } = createSendBatcher(databaseWith(), silent);
  const release = await hold(group);
  const many = (count: number) => Array.from({ length: count }, () => messageOf(group, owner.id));
  const underWay = endsOf(many(200).map(add));
  await untilWaitingForLock("logs.streams.lock");
  const waiting = endsOf(many(4_800).map(add));
  const late = messageOf(group, owner.id);
  await expect(add(late)).rejects.toMatchObject({
    extensions: { code: "RATE_LIMITED", retryAfterMs: 500 },
  });
  await release();
  expect(new Set([...(await underWay), ...(await waiting)])).toEqual(new Set(["stored"]));
  expect(await endsOf([add(late)])).toEqual(["stored"]);
  await expectConsistent(group);
  expect(await logOf(group)).toHaveLength(5_001);
});

test("a lock timeout is a CONFLICT for the sends of that conversation only, and a retry works", async () => {
  const [owner, bob] = await tokenHolders(2);
  const [held, free] = await Promise.all([aGroup(owner, [bob]), aGroup(owner, [bob])]);
  const { add } = createSendBatcher(databaseWith({ lock_timeout: 100 }), silent);
  const batch = [messageOf(held, owner.id), messageOf(held, bob.id), messageOf(free, bob.id)];
  const release = await hold(held);
  expect(await endsOf(batch.map(add))).toEqual(["CONFLICT", "CONFLICT", "stored"]);
  await expect(add(messageOf(held, owner.id))).rejects.toMatchObject({
    extensions: { retryAfterMs: 1_000 },
  });
  expect(await logOf(held)).toEqual([]);
  await release();
  const again = batch.map((message) => ({ ...message, id: newId() }));
  expect(await endsOf(again.map(add))).toEqual(["stored", "stored", "replayed"]);
  await Promise.all([expectConsistent(held), expectConsistent(free)]);
});

test("two replicas in the same conversations store every send, those of one sender in order", async () => {
  const [owner, bob] = await tokenHolders(2);
  const groups = await Promise.all(Array.from({ length: 12 }, () => aGroup(owner, [bob])));
  const sentBy = [owner, bob].map(({ id }) =>
    Array.from({ length: 600 }, (_, at) => messageOf(groups[at % groups.length] ?? "", id)),
  );
  const sends = sentBy.flatMap((sent) => sent.map(createSendBatcher(databaseWith(), silent).add));
  const ends = await endsOf(sends);
  expect(new Set(ends)).toEqual(new Set(["stored"]));
  for (const group of groups) {
    await expectConsistent(group);
    const stored = (await logOf(group)).map(({ payload }) => payload.messageId ?? "");
    for (const sent of sentBy) {
      const ids = sent.filter((one) => one.conversationId === group).map(({ id }) => id);
      expect(stored.filter((id) => ids.includes(id))).toEqual(ids);
    }
  }
});

describe("while a conversation is locked elsewhere", () => {
  test("sends to others are stored at once, and its own after the lock, in order, without loss", async () => {
    const [owner, bob] = await tokenHolders(2);
    const [held, free] = await Promise.all([aGroup(owner, [bob]), aGroup(owner, [bob])]);
    const { add } = createSendBatcher(databaseWith(), silent);
    const release = await hold(held);
    const sent: NewMessage[] = [];
    const sendsOf = (count: number) =>
      Array.from({ length: count }, () => {
        const message = messageOf(held, (sent.length % 2 ? bob : owner).id);
        sent.push(message);
        return add(message);
      });
    const sendFree = () => add(messageOf(free, bob.id));
    const early = [...sendsOf(250), sendFree()];
    expect(await early.at(-1)).toMatchObject({ kind: "stored" });
    await untilWaitingForLock("logs.streams.lock");
    const late = [...sendsOf(50), sendFree()];
    expect(await late.at(-1)).toMatchObject({ kind: "stored" });
    expect([(await logOf(held)).length, (await logOf(free)).length]).toEqual([0, 2]);
    await release();
    const last = sendsOf(50);
    expect(new Set(await endsOf([...early, ...late, ...last]))).toEqual(new Set(["stored"]));
    await Promise.all([expectConsistent(held), expectConsistent(free)]);
    const stored = (await logOf(held)).map(({ payload }) => payload.messageId);
    expect(stored).toEqual(sent.map(({ id }) => id));
  });

  test("locking all conversations together would make the others wait", async () => {
    const [owner] = await tokenHolders(1);
    const [held, free] = await Promise.all([aGroup(owner, []), aGroup(owner, [])]);
    const batch = [free, held].map((group) => messageOf(group, owner.id));
    const release = await hold(held);
    const together = inTransaction(databaseWith(), async (tx) => {
      await lockStreams(tx, [free, held].map(conversationStream));
      return appendMessages(tx, batch);
    });
    await untilWaitingForLock("logs.streams.lock");
    expect(await logOf(free)).toEqual([]);
    await release();
    expect(await together).toMatchObject([{ verdict: "stored" }, { verdict: "stored" }]);
  });

  test("at most three batches wait for locks at once, and no send overtakes another", async () => {
    const [owner] = await tokenHolders(1);
    const [free, ...groups] = await Promise.all(Array.from({ length: 7 }, () => aGroup(owner, [])));
    const last = groups.at(-1) ?? "";
    const pool = poolWith();
    const { add } = createSendBatcher(clientOf(pool), silent);
    const releases = await Promise.all(groups.map(hold));
    const early = groups.map((group) => messageOf(group, owner.id));
    const waiting = endsOf(early.map(add));
    await untilWaitingForLock("logs.streams.lock", 3);
    await releases.at(-1)?.();
    const late = messageOf(last, owner.id);
    const behind = add(late);
    const others = [...Array.from({ length: 50 }, newId), free ?? ""];
    const ends = await endsOf(others.map((group) => add(messageOf(group, owner.id))));
    expect(ends).toEqual([...Array(50).fill("notFound"), "stored"]);
    expect(pool.totalCount - pool.idleCount).toBeLessThan(5);
    await Promise.all(releases.slice(0, -1).map((release) => release()));
    expect(await waiting).toEqual(groups.map(() => "stored"));
    expect(await behind).toMatchObject({ kind: "stored" });
    await Promise.all(groups.map((group) => expectConsistent(group)));
    const stored = (await logOf(last)).map(({ payload }) => payload.messageId);
    expect(stored).toEqual([early.at(-1)?.id, late.id]);
  });
});

test("a database timeout fails the whole batch at once, without a try of each send", async () => {
  const [owner] = await tokenHolders(1);
  const group = await aGroup(owner, []);
  const { add } = createSendBatcher(databaseWith({ statement_timeout: 100 }), silent);
  const batch = Array.from({ length: 100 }, () => messageOf(group, owner.id));
  const release = await hold(group);
  const startedAt = performance.now();
  expect(new Set(await endsOf(batch.map(add)))).toEqual(new Set(["DEADLINE_EXCEEDED"]));
  // Send by send it would take at least 199 timeouts.
  expect(performance.now() - startedAt).toBeLessThan(15_000);
  await release();
  const later = createSendBatcher(databaseWith(), silent);
  expect(new Set(await endsOf(batch.map(later.add)))).toEqual(new Set(["stored"]));
  await expectConsistent(group);
});
