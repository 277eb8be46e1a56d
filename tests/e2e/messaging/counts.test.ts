// Stored unread counts: they equal a recount after any mix of changes at two replicas.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deleteMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { markThreadRead } from "../../../subgraphs/messaging/threads/actions.ts";
import { withDatabase } from "../../kit/database.ts";
import { openOlderDatabase } from "../../kit/older-database.ts";
import {
  aChange,
  aCountedGroup,
  type CountedReplicas,
  changeAtOnce,
  erase,
  openCounted,
} from "./counting.ts";
import { holdingRow, miscounted, miscountedThreads } from "./recounts.ts";

let counted: CountedReplicas;

beforeAll(async () => {
  counted = await openCounted();
});

afterAll(() => counted.close());

function sql<Row = unknown>(text: string, values: unknown[] = []): Promise<Row[]> {
  const run = async (client: { query: (text: string, values: unknown[]) => Promise<unknown> }) =>
    ((await client.query(text, values)) as { rows: Row[] }).rows;
  return withDatabase("messaging", run, counted.own.url);
}

const send = (by: number, at = 0) => ({ kind: "send", by, at, of: 0 }) as const;
const read = (by: number, of: number) => ({ kind: "read", by, at: 0, of }) as const;

/** The counts of a group and of its threads that differ from a recount. */
const wrong = async (id: string) => [
  ...(await miscounted(counted, id)),
  ...(await miscountedThreads(counted, id)),
];

describe("the unread counts of a group", () => {
  test("equal a recount after any mix of changes at two replicas", async () => {
    const rounds = fc.array(fc.array(aChange, { minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(rounds, fc.boolean(), async (mix, isErased) => {
        const group = await aCountedGroup(counted);
        for (const changes of mix) {
          await changeAtOnce(counted, group, changes);
          expect(await wrong(group.id)).toEqual([]);
        }
        if (isErased) await erase(counted, group.people[3] ?? "");
        expect(await wrong(group.id)).toEqual([]);
        await sql("select recount_conversation($1)", [group.id]);
        expect(await wrong(group.id)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test("are wrong after a deletion without the trigger, and a recount repairs them", async () => {
    const group = await aCountedGroup(counted);
    await changeAtOnce(counted, group, [send(0)]);
    await sql("alter table message disable trigger message_deletions");
    await changeAtOnce(counted, group, [{ kind: "delete", by: 0, at: 0, of: 0 }]);
    await sql("alter table message enable trigger message_deletions");
    expect(await miscounted(counted, group.id)).toHaveLength(3);
    await sql("call recount_messages()");
    expect(await miscounted(counted, group.id)).toEqual([]);
  });

  test("of threads are wrong after a deletion without the trigger, and a recount repairs them", async () => {
    const group = await aCountedGroup(counted);
    await changeAtOnce(counted, group, [send(0)]);
    await changeAtOnce(counted, group, [{ kind: "reply", by: 0, at: 0, of: 0 }]);
    await changeAtOnce(counted, group, [{ kind: "hide", by: 1, at: 0, of: 0 }]);
    await changeAtOnce(counted, group, [{ kind: "readThread", by: 2, at: 0, of: 1 }]);
    expect(await miscountedThreads(counted, group.id)).toEqual([]);
    await sql("alter table message disable trigger reply_deletions");
    await changeAtOnce(counted, group, [{ kind: "delete", by: 0, at: 0, of: 1 }]);
    await sql("alter table message enable trigger reply_deletions");
    expect(await miscountedThreads(counted, group.id)).not.toEqual([]);
    await sql("select recount_conversation($1)", [group.id]);
    expect(await miscountedThreads(counted, group.id)).toEqual([]);
  });

  /** A mark that moves while a deletion of the message behind it commits. */
  async function markDuringDeletion() {
    const group = await aCountedGroup(counted);
    await changeAtOnce(counted, group, [send(0)]);
    await changeAtOnce(counted, group, [send(0)]);
    const messages = await counted.replicas[0].database.message.findMany({
      where: { conversationId: group.id, seq: 2 },
    });
    const [owner = "", reader = ""] = group.people;
    const held = await holdingRow(counted, [group.id, reader]);
    const deletion = deleteMessage(counted.replicas[0].contextFor(owner), messages[0]?.id ?? "");
    await untilWaiting("update %message%");
    const marking = changeAtOnce(counted, group, [read(1, 1)]);
    await untilWaiting("%messaging.mark.move%");
    await held.release();
    await Promise.all([deletion, marking]);
    return miscounted(counted, group.id);
  }

  /** A first mark in a thread that waits to commit while a reply behind it is deleted. */
  async function threadMarkDuringDeletion(untilDeleted: (deletion: Promise<unknown>) => unknown) {
    const group = await aCountedGroup(counted);
    await changeAtOnce(counted, group, [send(0)]);
    for (const _ of [1, 2]) {
      await changeAtOnce(counted, group, [{ kind: "reply", by: 0, at: 0, of: 0 }]);
    }
    const [{ contextFor, database }] = counted.replicas;
    const where = { conversationId: group.id, seq: 3 };
    const [reply] = await database.message.findMany({ where });
    const [owner = "", reader = ""] = group.people;
    const held = await holdingRow(counted, [group.id, reader], "for update");
    const marking = markThreadRead(contextFor(reader), reply?.threadRootId ?? "", 2);
    await untilWaiting("%messaging.threads.mark%");
    const deletion = deleteMessage(contextFor(owner), reply?.id ?? "");
    await untilDeleted(deletion);
    await held.release();
    await Promise.all([deletion, marking]);
    return miscountedThreads(counted, group.id);
  }

  test("of threads are right when a reply is deleted behind a mark that commits later", async () => {
    expect(await threadMarkDuringDeletion(() => untilWaiting("update %message%"))).toEqual([]);
  });

  test("of threads are wrong then if a mark does not lock its thread", async () => {
    const [{ body = "" } = {}] = await sql<{ body: string }>(
      "select pg_get_functiondef('count_at_thread_mark'::regproc) as body",
    );
    const guard = /PERFORM FROM "thread"[^;]*;/;
    expect(body).toMatch(guard);
    await sql(body.replace(guard, ""));
    expect(await threadMarkDuringDeletion((deletion) => deletion)).toHaveLength(1);
    await sql(body);
  });

  async function untilWaiting(query: string): Promise<void> {
    const waiting = () =>
      sql(
        `select from pg_stat_activity where datname = current_database()
          and wait_event_type = 'Lock' and query ilike $1`,
        [query],
      );
    while ((await waiting()).length === 0);
  }

  test("are right when a mark moves while a deletion commits", async () => {
    expect(await markDuringDeletion()).toEqual([]);
  });

  test("are wrong then if the mark is counted in the snapshot from before its wait", async () => {
    await sql("alter function count_at_mark() stable");
    expect(await markDuringDeletion()).toHaveLength(1);
    await sql("alter function count_at_mark() volatile");
  });
});

test("rows of an earlier release are counted by the migration; its later ones too, and move no mark", async () => {
  const older = await openOlderDatabase("messaging", "20261201020100_counts");
  const id = "019f0000-0000-7000-8000-00000000000";
  const message = (n: number, sender: number, isDeleted = false) =>
    older.sql(
      `insert into message (id, conversation_id, seq, sender_id, client_message_id, request_hash,
        body, created_at, deleted_at)
      values ($1, $2, $3, $4, $5, '', $6, now(), $7)`,
      [
        `${id}${n}`,
        `${id}a`,
        n,
        `${id}${sender}`,
        `m${n}`,
        isDeleted ? null : "x",
        isDeleted ? new Date() : null,
      ],
    );
  const counts = () =>
    older.sql(
      `select message_count - read_ordinal - uncounted_behind as unread, read_seq as seq
      from member join conversation on id = conversation_id order by user_id`,
    );
  try {
    await older.sql("insert into stream (id, last_seq) values ($1, 3)", [`conversation:${id}a`]);
    await older.sql(
      `insert into conversation (id, kind, title, created_at, activity_at)
      values ($1, 'GROUP', 'Old', now(), now())`,
      [`${id}a`],
    );
    for (const person of [1, 2]) {
      await older.sql(
        `insert into member (conversation_id, user_id, role, joined_seq, joined_at, read_seq)
        values ($1, $2, 'MEMBER', 0, now(), 0)`,
        [`${id}a`, `${id}${person}`],
      );
    }
    await message(1, 1);
    await message(2, 1, true);
    await message(3, 2);
    await older.upgrade();
    expect(await counts()).toEqual([
      { unread: 1, seq: 2 },
      { unread: 0, seq: 3 },
    ]);
    await message(4, 2);
    expect(await counts()).toEqual([
      { unread: 2, seq: 2 },
      { unread: 1, seq: 3 },
    ]);
  } finally {
    await older.close();
  }
});
