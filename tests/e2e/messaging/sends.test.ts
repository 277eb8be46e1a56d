// The log after many sends on the real database: 1, 2, 3, … without gaps and repeats, and nothing
// from removed senders. Controls show the damage without the lock.
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { lockStreams } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { appendMessages, appendToFree } from "../../../subgraphs/messaging/messages/store.ts";
import { conversationStream } from "../../../subgraphs/messaging/streams.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import {
  acceptedAfterRemoval,
  aGroup,
  aMessage,
  expectConsistent,
  mutate,
  send,
  upTo,
} from "./harness.ts";
import { messageOf, ownConnections, untilWaitingForLock } from "./lock-waits.ts";

const url = ownConnections();
const pool = createPool(url, createLog({ name: "sends-test", level: "error" }));
const database = new PrismaClient({ adapter: createAdapter(pool) });
afterAll(async () => {
  await database.$disconnect();
  await pool.end();
});

type Act = "send" | "retry" | "edit" | "react" | "leave" | "remove";

interface Scene {
  readonly owner: TokenHolder;
  readonly group: string;
  /** The first and the second router: with the same replica of messaging, or another. */
  readonly router: number;
  readonly other: number;
}

/** One person's step in a random conversation. Refusals are expected. */
async function act(kind: Act, person: TokenHolder, { owner, group, router, other }: Scene) {
  const attempt = (work: Promise<unknown>) => work.catch(() => undefined);
  const clientMessageId = randomUUID();
  const members = { conversationId: group };
  if (kind === "leave" || kind === "remove") {
    const name = kind === "leave" ? "LeaveConversation" : "RemoveMember";
    const input = kind === "leave" ? members : { ...members, userId: person.id };
    await Promise.all([
      attempt(mutate(name, kind === "leave" ? person : owner, input, router)),
      attempt(send(person, group, "racing", { clientMessageId }, other)),
    ]);
    await attempt(mutate("AddMembers", owner, { ...members, userIds: [person.id] }, router));
    return;
  }
  const first = send(person, group, kind, { clientMessageId }, router);
  if (kind === "retry") {
    const places = [router, other, router];
    const retries = places.map((at) => send(person, group, kind, { clientMessageId }, at));
    await Promise.all([first, ...retries].map(attempt));
    return;
  }
  const messageId = (await first.catch(() => undefined))?.message?.id;
  if (!messageId || kind === "send") return;
  const name = kind === "edit" ? "EditMessage" : "AddReaction";
  const input = kind === "edit" ? { messageId, body: "edited" } : { messageId, emoji: "👍" };
  await attempt(mutate(name, person, input, other));
}

describe.each([
  ["one replica", 1],
  ["two replicas", 2],
] as const)("with %s", (_, replicas) => {
  test("the log is whole after sends, retries, edits, reactions, joins and leaves at once", async () => {
    const kinds = fc.constantFrom<Act>("send", "retry", "edit", "react", "leave", "remove");
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { minLength: 4, maxLength: 24 }), async (acts) => {
        const [owner, ...people] = await tokenHolders(6);
        const group = await aGroup(owner, people);
        const parts = acts.map((kind, at) => {
          const scene = { owner, group, router: at % replicas, other: (at + 1) % replicas };
          return act(kind, people[at % people.length] ?? owner, scene);
        });
        await Promise.all(parts);
        await expectConsistent(group);
        expect(await acceptedAfterRemoval(group)).toBe(0);
      }),
      { numRuns: 8 },
    );
  }, 90_000);

  test("300 sends at once are stored once each", async () => {
    const [owner, ...people] = await tokenHolders(8);
    const group = await aGroup(owner, people);
    const sent = await Promise.all(
      Array.from({ length: 300 }, (_, at) =>
        aMessage(people[at % people.length] ?? owner, group, `m${at}`, at % replicas),
      ),
    );
    expect(sent.map((message) => message.seq).sort((a, b) => a - b)).toEqual(upTo(300));
    await expectConsistent(group);
  });
});

/** Removes a member in a transaction that stays open until the returned function commits it. */
async function heldRemoval(conversationId: string, userId: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("begin");
  await client.query("select from stream where id = $1 for no key update", [
    conversationStream(conversationId),
  ]);
  await client.query("delete from member where conversation_id = $1 and user_id = $2", [
    conversationId,
    userId,
  ]);
  await client.query(
    `with bumped as (update stream set last_seq = last_seq + 1 where id = $1 returning *)
     insert into stream_entry (stream_id, seq, type, payload, created_at)
     select id, last_seq, 'membersChanged', $2, now() from bumped`,
    [conversationStream(conversationId), { added: [], removed: [userId], newOwnerId: null }],
  );
  return async () => {
    await client.query("commit");
    await client.end();
  };
}

describe("a send that waits while its sender is removed", () => {
  const race = async (isLocked: boolean, waitsAt: string) => {
    const [owner, bob] = await tokenHolders(2);
    const group = await aGroup(owner, [bob]);
    const commit = await heldRemoval(group, bob.id);
    const sending = inTransaction(database, async (tx) => {
      if (isLocked) await lockStreams(tx, [conversationStream(group)]);
      return appendMessages(tx, [messageOf(group, bob.id)]);
    });
    await untilWaitingForLock(waitsAt);
    await commit();
    const [row] = await sending;
    return { verdict: row?.verdict, accepted: await acceptedAfterRemoval(group) };
  };

  test("is refused, because it is judged after the lock", async () => {
    const ended = await race(true, "logs.streams.lock");
    expect(ended).toEqual({ verdict: "notFound", accepted: 0 });
  });

  test("is accepted without the lock", async () => {
    const ended = await race(false, "messaging.messages.append");
    expect(ended).toEqual({ verdict: "stored", accepted: 1 });
  });
});

test("without the lock, retries at the same time violate the unique key", async () => {
  const [owner, bob] = await tokenHolders(2);
  const group = await aGroup(owner, [bob]);
  const commit = await heldRemoval(group, bob.id);
  const message = messageOf(group, owner.id);
  const retries = [1, 2].map(() =>
    inTransaction(database, (tx) => appendMessages(tx, [{ ...message, id: newId() }])),
  );
  // Handled from the start, because one of them rejects before the commit is answered.
  const settled = Promise.allSettled(retries);
  await untilWaitingForLock("messaging.messages.append", retries.length);
  await commit();
  const ended = await settled;
  expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

describe("a batch whose statement began before a member was removed", () => {
  /** Runs `judge` in a statement that waits until the removal is committed. */
  const judged = async (judge: (bob: TokenHolder, group: string) => pg.QueryConfig) => {
    const [owner, bob] = await tokenHolders(2);
    const group = await aGroup(owner, [bob]);
    const gate = await pool.connect();
    const { rows: keys } = await gate.query(
      "select key, pg_advisory_lock(key) from (select txid_current() as key) as own",
    );
    const { text, values = [] } = judge(bob, group);
    const judging = pool.query(
      `/* test.judge */ with passed as materialized (
        select pg_advisory_xact_lock(${keys[0].key}) is not null as gate
      ) ${text}`,
      values,
    );
    await untilWaitingForLock("test.judge");
    const commit = await heldRemoval(group, bob.id);
    await commit();
    gate.release(true);
    return {
      verdict: (await judging).rows[0].verdict,
      accepted: await acceptedAfterRemoval(group),
    };
  };

  test("refuses their message: it locks and judges under snapshots of its own", async () => {
    const ended = await judged((bob, group) => {
      const { id, clientMessageId, requestHash, body } = messageOf(group, bob.id);
      return {
        text: `select verdict from passed, append_messages(array[$1]::uuid[], array[$2]::uuid[],
          array[$3]::uuid[], array[$4], array[$5], array[$6], array[''], array[''], gate)`,
        values: [id, group, bob.id, clientMessageId, requestHash, body],
      };
    });
    expect(ended).toEqual({ verdict: "notFound", accepted: 0 });
  });

  test("would take them for a member under the snapshot of the statement", async () => {
    const ended = await judged((bob, group) => ({
      text: "select standing_of($1::uuid, $2::uuid) as verdict from passed where gate",
      values: [bob.id, group],
    }));
    expect(ended).toEqual({ verdict: "MEMBER", accepted: 0 });
  });

  test("is refused where a transaction has one snapshot for all its statements", async () => {
    const [owner] = await tokenHolders(1);
    const message = messageOf(await aGroup(owner, []), owner.id);
    const sending = database.$transaction((tx) => appendToFree(tx, [message]), {
      isolationLevel: "RepeatableRead",
    });
    await expect(sending).rejects.toThrow("append_messages needs READ COMMITTED");
  });
});
