// Replicas of messaging are killed (-9) while people send. Clients without an answer retry, and
// then every accepted message is stored once, in a log without gaps.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { Service } from "../../../local/services.ts";
import { withDatabase } from "../../kit/database.ts";
import { insertKnownPeople } from "../../kit/stories.ts";
import { acceptedAfterRemoval, expectConsistent, logOf, type SentMessage } from "./harness.ts";
import {
  type Answer,
  askReplica,
  askUntilAnswered,
  type Deployment,
  type Mutation,
  openReplicas,
} from "./replicas.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openReplicas(2);
});
afterAll(() => deployment.close());

const onDatabase = <T>(work: (client: pg.Client) => Promise<T>) =>
  withDatabase("messaging", work, deployment.databaseUrl);

async function groupOf(ownerId: string, memberIds: readonly string[]): Promise<string> {
  await insertKnownPeople([ownerId, ...memberIds], deployment.databaseUrl);
  const input = { title: "Talk", memberIds };
  const wish: Mutation = ["CreateGroupConversation", input];
  const { data } = await askUntilAnswered(deployment.replicas, ownerId, wish);
  return data?.createGroupConversation?.conversation?.id ?? "";
}

function sendOf(conversationId: string, clientMessageId: string): Mutation {
  return ["SendMessage", { conversationId, clientMessageId, body: "hello" }];
}

/** The stored messages, by client id. */
async function storedIn(conversationId: string): Promise<Map<string, string>> {
  const { rows } = await onDatabase((client) =>
    client.query<{ id: string; name: string }>(
      "select id, client_message_id as name from message where conversation_id = $1",
      [conversationId],
    ),
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}

const TALKERS = 9;
const SENDS = 10;

/**
 * All people send, one joins and leaves, and replicas die after these counts of accepted messages.
 */
async function talkWhileKilled(replicas: readonly Service[], killedAt: readonly number[]) {
  const [ownerId = "", guestId = "", ...others] = Array.from({ length: TALKERS }, newId);
  const group = await groupOf(ownerId, [guestId, ...others]);
  const accepted = new Map<string, string>();
  const refused = new Map<string, string | undefined>();
  const deaths: Promise<void>[] = [];
  let losses = 0;
  const hear = (name: string, { data, errors }: Answer) => {
    const message = data?.sendMessage?.message;
    if (!message) return void refused.set(name, errors?.[0]?.extensions.code);
    accepted.set(name, message.id);
    const victim = replicas[deaths.length % replicas.length];
    if (victim && accepted.size === killedAt[deaths.length]) deaths.push(victim.kill());
  };
  const talk = async (personId: string, at: number) => {
    const near = [
      ...replicas.slice(at % replicas.length),
      ...replicas.slice(0, at % replicas.length),
    ];
    for (let said = 0; said < SENDS; said += 1) {
      const clientMessageId = `${personId} ${said}`;
      const wish = sendOf(group, clientMessageId);
      const onLoss = () => {
        losses += 1;
      };
      hear(clientMessageId, await askUntilAnswered(near, personId, wish, onLoss));
    }
  };
  const comeAndGo = async () => {
    for (let round = 0; round < SENDS; round += 1) {
      const guest = { conversationId: group, userId: guestId };
      await askUntilAnswered(replicas, ownerId, ["RemoveMember", guest]);
      const back = { conversationId: group, userIds: [guestId] };
      await askUntilAnswered(replicas, ownerId, ["AddMembers", back]);
    }
  };
  await Promise.all([comeAndGo(), ...[ownerId, guestId, ...others].map(talk)]);
  await Promise.all(deaths);
  return { group, guestId, accepted, refused, losses, deaths: deaths.length };
}

/** Resolves when a transaction of a replica waits for a lock in a statement with this beginning. */
async function waitsAt(statement: string): Promise<void> {
  await onDatabase(async (client) => {
    for (;;) {
      const { rowCount } = await client.query(
        "select from pg_stat_activity where wait_event_type = 'Lock' and query ilike $1",
        [`${statement}%`],
      );
      if (rowCount) return;
    }
  });
}

/** Resolves when no other transaction is open. */
async function settled(): Promise<void> {
  await onDatabase(async (client) => {
    for (;;) {
      const { rowCount } = await client.query(
        `select from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`,
      );
      if (!rowCount) return;
    }
  });
}

/** Makes each commit of a message wait for an advisory lock of its conversation. */
const HOLD_COMMITS = `
  create function hold() returns trigger language plpgsql as $$
  begin perform pg_advisory_xact_lock(hashtext(new.conversation_id::text)); return null; end $$;
  create constraint trigger held after insert on message deferrable initially deferred
  for each row execute function hold()`;

describe("a replica that is killed", { timeout: 60_000 }, () => {
  /**
   * Kills a replica while its send waits for the lock that `take` takes, and then releases the
   * lock.
   */
  async function killedWhileWaiting(
    take: string,
    statement: string,
    wanted: (group: string) => string,
  ) {
    const personId = newId();
    const group = await groupOf(personId, []);
    const [other, replica] = deployment.replicas;
    if (!replica || !other) throw new Error("two replicas are needed");
    await replica.listening();
    const holder = new pg.Client({ connectionString: deployment.databaseUrl });
    await holder.connect();
    await holder.query("begin");
    await holder.query(take, [wanted(group)]);
    const clientMessageId = randomUUID();
    const unheard = askReplica(replica, personId, sendOf(group, clientMessageId)).then(
      () => "heard",
      () => "unheard",
    );
    await waitsAt(statement);
    await replica.kill();
    expect(await unheard).toBe("unheard");
    await holder.query("commit");
    await holder.end();
    await settled();
    const before = await logOf(group, deployment.databaseUrl);
    const again = async (name: string) => {
      const answer = await askUntilAnswered([other], personId, sendOf(group, name));
      return answer.data?.sendMessage?.message as SentMessage;
    };
    return { group, before, clientMessageId, again };
  }

  test("before it stores a message has stored nothing, and the retry is stored", async () => {
    const { group, before, clientMessageId, again } = await killedWhileWaiting(
      "select from stream where id = $1 for no key update",
      "/* logs.streams.lock */",
      (id) => `conversation:${id}`,
    );
    expect(before).toEqual([]);
    expect(await again(clientMessageId)).toMatchObject({ seq: 1 });
    await expectConsistent(group, deployment.databaseUrl);
  });

  test("between the commit and the answer has stored the message, and the retry returns that one", async () => {
    await onDatabase((client) => client.query(HOLD_COMMITS));
    const { group, before, clientMessageId, again } = await killedWhileWaiting(
      "select pg_advisory_xact_lock(hashtext($1))",
      // Its commit is the end of the statement.
      "/* messaging.messages.append */",
      (id) => id,
    );
    await onDatabase((client) => client.query("drop trigger held on message"));
    expect(before).toHaveLength(1);
    const message = await again(clientMessageId);
    expect([message.seq, message.id]).toEqual([1, before[0]?.payload.messageId]);
    // The control: a retry with another client id is stored twice.
    expect(await again(randomUUID())).toMatchObject({ seq: 2, body: message.body });
    await expectConsistent(group, deployment.databaseUrl);
  });
});

test.each([
  { count: 1, killedAt: [30] },
  { count: 2, killedAt: [20, 50] },
])(
  "despite kills of $count replicas, the log is whole and has each accepted message once",
  async ({ count, killedAt }) => {
    const replicas = deployment.replicas.slice(0, count);
    await Promise.all(replicas.map((replica) => replica.listening()));
    const talk = await talkWhileKilled(replicas, killedAt);
    const { group, accepted, refused } = talk;
    expect(talk.deaths).toBe(killedAt.length);
    expect(talk.losses).toBeGreaterThan(0);
    await expectConsistent(group, deployment.databaseUrl);
    expect(await acceptedAfterRemoval(group, deployment.databaseUrl)).toBe(0);
    const stored = await storedIn(group);
    // A sender who was removed before the retry gets no answer about the stored message.
    for (const [name, code] of refused) {
      expect([name.startsWith(talk.guestId), code]).toEqual([true, "NOT_FOUND"]);
      stored.delete(name);
    }
    expect(stored).toEqual(accepted);
  },
  60_000,
);
