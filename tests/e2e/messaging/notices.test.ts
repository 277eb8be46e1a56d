// People are told of messages once until they have read: whatever is sent, read, deleted and left
// at once, and whichever workers tell at the same time. Negative control without the mark.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tell } from "../../../subgraphs/messaging/notices/jobs.ts";
import { listOpen } from "../../../subgraphs/messaging/notices/store.ts";
import { withDatabase } from "../../kit/database.ts";
import {
  aChange,
  aCountedGroup,
  type CountedGroup,
  type CountedReplicas,
  changeAtOnce,
  openCounted,
} from "./counting.ts";

let counted: CountedReplicas;
beforeAll(async () => {
  counted = await openCounted();
});
afterAll(() => counted.close());

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
  return withDatabase(
    "messaging",
    async (client) => (await client.query(text, values)).rows,
    counted.own.url,
  );
}

/** Two workers tell of everything at the same time. */
async function tellAll(): Promise<void> {
  const [{ database }] = counted.replicas;
  for (;;) {
    const open = await listOpen(database, 50);
    if (open.length === 0) return;
    await Promise.all(
      open.flatMap((telling) =>
        counted.replicas.map((replica) => tell(replica.database, telling, new Date())),
      ),
    );
  }
}

interface Told {
  readonly personId: string;
  readonly actorId: string;
  readonly messageId: string;
  readonly seq: number;
  readonly kind: string;
}

const toldIn = async ({ id }: CountedGroup): Promise<Told[]> => {
  const rows = await sql<{ payload: Told }>(
    `select payload from outbox where topic = 'messaging.notice.raised.v1'
       and payload->>'conversationId' = $1 order by id`,
    [id],
  );
  return rows.map(({ payload }) => payload);
};

/** The messages of which one of the four was told, but those that mention them. */
const messagesTo = async (group: CountedGroup, at: number): Promise<number[]> =>
  (await toldIn(group))
    .filter(({ personId, kind }) => personId === group.people[at] && kind === "MESSAGE")
    .map(({ seq }) => seq);

/** The members to whom one of these messages is new and who are not marked as told. */
const untold = ({ id }: CountedGroup, behindSeq: number) =>
  sql(
    `select member.user_id from member join message using (conversation_id)
     where conversation_id = $1 and not is_told and message.seq > $2
       and message.seq > read_seq and message.seq > cleared_seq and sender_id <> member.user_id
       and thread_root_id is null and deleted_at is null and not exists (
         select from hidden_message where hidden_message.conversation_id = member.conversation_id
           and hidden_message.user_id = member.user_id and hidden_message.seq = message.seq)`,
    [id, behindSeq],
  );

const headOf = async ({ id }: CountedGroup): Promise<number> => {
  const rows = await sql<{ head: number }>(
    "select last_seq as head from stream where id = 'conversation:' || $1",
    [id],
  );
  return rows[0]?.head ?? 0;
};

/** It mentions the second person alone. */
const send = { kind: "send", by: 0, at: 0, of: 3 } as const;

describe("a member of a group", () => {
  test("is told of unread messages of others once until they read, and of all that are new", async () => {
    const rounds = fc.array(fc.array(aChange, { minLength: 1, maxLength: 8 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(rounds, async (mix) => {
        const group = await aCountedGroup(counted);
        for (const changes of mix) {
          const before = await headOf(group);
          await changeAtOnce(counted, group, changes);
          await tellAll();
          expect(await untold(group, before)).toEqual([]);
        }
        const told = await toldIn(group);
        expect(told.filter(({ personId, actorId }) => personId === actorId)).toEqual([]);
        const once = new Set(told.map(({ personId, messageId }) => `${personId} ${messageId}`));
        expect(told.length).toBe(once.size);
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  test("is told once of many messages, and again after they have read", async () => {
    const group = await aCountedGroup(counted);
    const toReader = () => messagesTo(group, 2);
    for (let sent = 0; sent < 5; sent += 1) {
      await changeAtOnce(counted, group, [send]);
      await tellAll();
    }
    const [first, ...others] = await toReader();
    expect(others).toEqual([]);
    const read = { kind: "read", by: 2, at: 0, of: 20 } as const;
    await changeAtOnce(counted, group, [read]);
    expect(
      await sql("select from outbox where topic = 'messaging.conversation.read.v1'"),
    ).not.toEqual([]);
    await changeAtOnce(counted, group, [send, send]);
    await tellAll();
    expect(await toReader()).toEqual([first, (first ?? 0) + 5]);
  });

  test("is told of each message when the mark does not hold", async () => {
    const group = await aCountedGroup(counted);
    await sql(`create function forget_told() returns trigger language plpgsql as $$
      begin new.is_told := false; return new; end $$`);
    await sql(`create trigger forget_told before update on member
      for each row execute function forget_told()`);
    for (let sent = 0; sent < 3; sent += 1) {
      await changeAtOnce(counted, group, [send]);
      await tellAll();
    }
    await sql("drop trigger forget_told on member");
    expect(await messagesTo(group, 2)).toHaveLength(3);
  });
});
