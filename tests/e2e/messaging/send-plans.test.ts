// The plan of a send, which a connection makes once: it stays right when tables have grown.
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createAdapter, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { appendToFree } from "../../../subgraphs/messaging/messages/store.ts";
import { conversationStream } from "../../../subgraphs/messaging/streams.ts";
import { type OwnDatabase, openOwnDatabase } from "../../kit/own-database.ts";
import { messageOf } from "./lock-waits.ts";

let own: OwnDatabase;
const conversationId = newId();
const senderId = newId();

beforeAll(async () => {
  own = await openOwnDatabase("messaging");
  await withClient(async (database) => {
    const now = new Date();
    await database.stream.create({ data: { id: conversationStream(conversationId) } });
    await database.conversation.create({
      data: { id: conversationId, kind: "GROUP", title: "Few", createdAt: now, activityAt: now },
    });
    const member = { userId: senderId, role: "OWNER" as const, joinedSeq: 0, readSeq: 0 };
    await database.member.create({ data: { ...member, conversationId, joinedAt: now } });
    for (const body of ["one", "two", "three"]) {
      await appendToFree(database, [messageOf(conversationId, senderId, body)]);
    }
    // With these statistics PostgreSQL prefers to read such small tables as a whole.
    await database.$executeRaw`analyze`;
  });
});

afterAll(() => own.drop());

/** A client with connections of its own, and so with plans of its own. */
async function withClient<T>(work: (database: PrismaClient) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: own.url, max: 1 });
  const database = new PrismaClient({ adapter: createAdapter(pool) });
  try {
    return await work(database);
  } finally {
    await database.$disconnect();
    await pool.end();
  }
}

/** The tables that the first send of a connection reads from end to end. */
async function tablesRead(): Promise<unknown> {
  return withClient((database) =>
    inTransaction(database, async (tx) => {
      await appendToFree(tx, [messageOf(conversationId, senderId)]);
      const rows = await tx.$queryRaw<{ table: string }[]>`
        select relname as table from pg_stat_xact_user_tables where seq_scan > 0 order by 1`;
      return rows.map(({ table }) => table);
    }),
  );
}

test("a send reads no table from end to end, also with a plan from when all were small", async () => {
  expect(await tablesRead()).toEqual([]);
});

test("without its settings the function reads them all", async () => {
  await withClient(
    (database) => database.$executeRaw`
    alter function append_messages reset enable_seqscan`,
  );
  expect(await tablesRead()).toEqual([
    "attachment",
    "conversation",
    "file",
    "member",
    "message",
    "message_request",
    "stream",
    "thread",
  ]);
});
