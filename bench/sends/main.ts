// The database step of sending, with the real statements: messages a second in batches, as the send
// batcher stores them, compared with one transaction for each message, those of one conversation in
// a queue. Both for one hot conversation and for 500, with the same number of senders. PostgreSQL
// runs on this machine, with fsync. Prints the ratios.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdapter, createPool, inTransaction } from "../../kit/data/database.ts";
import { newId } from "../../kit/data/id.ts";
import { createKeyedQueue } from "../../kit/data/keyed-queue.ts";
import type { Live } from "../../kit/live/live.ts";
import { lockStreams } from "../../kit/live/streams.ts";
import { createLog } from "../../kit/service/logger.ts";
import { createDatabases } from "../../local/databases.ts";
import { migrate } from "../../local/migrate.ts";
import { startPostgres } from "../../local/postgres.ts";
import { PrismaClient } from "../../subgraphs/messaging/generated/prisma/client.ts";
import { createSendBatcher } from "../../subgraphs/messaging/messages/sending.ts";
import { appendMessages, type NewMessage } from "../../subgraphs/messaging/messages/store.ts";
import { conversationStream } from "../../subgraphs/messaging/streams.ts";

const SENDERS = 200;
const MEASURE_MS = 6_000;
const WARM_UP_MS = 1_500;
const ROUNDS = 3;

const silent: Live = {
  open: () => Promise.reject(new Error("this bench has no streams")),
  openMany: () => Promise.reject(new Error("this bench has no streams")),
  announce: () => {},
  close: () => {},
};

type Send = (message: NewMessage) => Promise<unknown>;

/** Conversations with the same sender in all of them. */
async function makeConversations(database: PrismaClient, senderId: string, count: number) {
  const ids = Array.from({ length: count }, newId);
  const now = new Date();
  await database.stream.createMany({ data: ids.map((id) => ({ id: conversationStream(id) })) });
  await database.conversation.createMany({
    data: ids.map((id) => ({ id, kind: "GROUP", title: "b", createdAt: now, activityAt: now })),
  });
  await database.member.createMany({
    data: ids.map((conversationId) => ({
      conversationId,
      userId: senderId,
      role: "OWNER",
      joinedSeq: 0,
      joinedAt: now,
      readSeq: 0,
    })),
  });
  return ids;
}

/** Messages stored a second while `SENDERS` senders each send one after the other. */
async function rateOf(send: Send, senderId: string, ids: readonly string[]): Promise<number> {
  let stored = 0;
  let isOver = false;
  const work = async (sender: number) => {
    for (let at = sender; !isOver; at += SENDERS) {
      const id = newId();
      const body = `Message ${at}: see you at the meetup tonight?`;
      const conversationId = ids[at % ids.length] ?? "";
      const key = { id, conversationId, senderId, clientMessageId: id, requestHash: id };
      await send({
        ...key,
        body,
        replyToId: null,
        threadRootId: null,
        isForwarded: false,
        trace: null,
      });
      stored += 1;
    }
  };
  const all = Promise.all(Array.from({ length: SENDERS }, (_, sender) => work(sender)));
  await new Promise((resolve) => setTimeout(resolve, WARM_UP_MS));
  const [before, startedAt] = [stored, performance.now()];
  await new Promise((resolve) => setTimeout(resolve, MEASURE_MS));
  const rate = ((stored - before) * 1_000) / (performance.now() - startedAt);
  isOver = true;
  await all;
  return rate;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const dataDir = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
const postgres = await startPostgres({ dataDir, isDurable: true });
try {
  const { messaging: databaseUrl = "" } = await createDatabases(postgres.adminUrl, ["messaging"]);
  const directory = "subgraphs/messaging/prisma/migrations";
  await migrate({ name: "messaging", databaseUrl, directory });
  const pool = createPool(databaseUrl, createLog({ name: "bench", level: "error" }));
  const database = new PrismaClient({ adapter: createAdapter(pool) });
  const batched: Send = createSendBatcher(database, silent).add;
  const queue = createKeyedQueue();
  const single: Send = (message) =>
    queue.run(message.conversationId, () =>
      inTransaction(database, async (tx) => {
        await lockStreams(tx, [conversationStream(message.conversationId)]);
        return appendMessages(tx, [message]);
      }),
    );
  const senderId = newId();
  for (const count of [1, 500]) {
    const ids = await makeConversations(database, senderId, count);
    const rates: Record<"batched" | "single", number[]> = { batched: [], single: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.batched.push(await rateOf(batched, senderId, ids));
      rates.single.push(await rateOf(single, senderId, ids));
    }
    const [one, other] = [median(rates.batched), median(rates.single)];
    const name = count === 1 ? "one hot conversation" : `${count} conversations`;
    console.log(
      `${name}: batched ${one.toFixed(0)}/s, one by one ${other.toFixed(0)}/s, ratio ${(one / other).toFixed(1)}`,
    );
  }
  await database.$disconnect();
  await pool.end();
} finally {
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}
