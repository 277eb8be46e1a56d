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
import { appendMessages } from "../../../subgraphs/messaging/messages/store.ts";
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
