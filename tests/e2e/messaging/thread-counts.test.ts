// The counts of threads equal counts made anew, after any mix on two replicas; and no reply comes
// behind the deletion of the message with which its thread begins.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, expectConsistent, logOf, mutate, upTo } from "./harness.ts";
import { readThread, reply, threadCounts } from "./thread-harness.ts";

type Act = "reply" | "burst" | "delete" | "leave" | "edit";

interface Scene {
  readonly owner: TokenHolder;
  readonly group: string;
  readonly roots: readonly string[];
}

/** One person's step. Refusals are expected. */
async function act(kind: Act, person: TokenHolder, at: number, { owner, group, roots }: Scene) {
  const root = roots[at % roots.length] ?? "";
  const router = at % 2;
  const attempt = <T>(work: Promise<T>) => work.catch(() => undefined);
  if (kind === "leave") {
    await attempt(
      mutate("RemoveMember", owner, { conversationId: group, userId: person.id }, router),
    );
    const back = { conversationId: group, userIds: [person.id] };
    await attempt(mutate("AddMembers", owner, back, router));
    return;
  }
  const places = kind === "burst" ? [0, 1, 0, 1] : [router];
  const sent = await Promise.all(
    places.map((place) => attempt(reply(person, group, root, kind, place))),
  );
  const messageId = sent[0]?.message?.id;
  if (!messageId) return;
  if (kind === "delete") {
    const both = [0, 1].map((place) => mutate("DeleteMessage", person, { messageId }, place));
    await Promise.all(both.map(attempt));
  }
  if (kind === "edit") await attempt(mutate("EditMessage", person, { messageId, body: "e" }));
}

test("the counts of threads equal counts made anew", async () => {
  const kinds = fc.constantFrom<Act>("reply", "burst", "delete", "leave", "edit");
  await fc.assert(
    fc.asyncProperty(fc.array(kinds, { minLength: 6, maxLength: 24 }), async (acts) => {
      const [owner, ...people] = await tokenHolders(5);
      const group = await aGroup(owner, people);
      const roots = await Promise.all(upTo(2).map(async () => (await aMessage(owner, group)).id));
      const scene = { owner, group, roots };
      await Promise.all(
        acts.map((kind, at) => act(kind, people[at % people.length] ?? owner, at, scene)),
      );
      for (const { isRight } of await threadCounts(group)) expect(isRight).toBe(true);
      await expectConsistent(group);
    }),
    { numRuns: 6 },
  );
}, 90_000);

describe("a deleted reply", () => {
  const counted = async (prepare: string) => {
    const own = await openOwnDatabase("messaging");
    const ids = ["c", "s", "r", "1"].map((each) =>
      each.charCodeAt(0).toString(16).padStart(2, "0"),
    );
    const [talk, sender, root, answer] = ids.map(
      (each) => `00000000-0000-7000-8000-0000000000${each}`,
    );
    try {
      await withDatabase(
        "messaging",
        async (client) => {
          await client.query(`insert into conversation (id, kind, title, created_at, activity_at)
            values ('${talk}', 'GROUP', 'Talk', now(), now())`);
          await client.query(`insert into stream (id) values ('conversation:${talk}')`);
          await client.query(`insert into member
            (conversation_id, user_id, role, joined_seq, joined_at, read_seq)
            values ('${talk}', '${sender}', 'OWNER', 0, now(), 0)`);
          const append = (id = "", extra = "{}") =>
            client.query(`select verdict from append_messages(array['${id}']::uuid[],
              array['${talk}']::uuid[], array['${sender}']::uuid[], array['${id}'], array['h'],
              array['hello'], array[''], array[null]::text[], true, array['${extra}']::jsonb[])`);
          await append(root);
          await append(answer, JSON.stringify({ threadRootId: root }));
          await client.query(prepare);
          await client.query(
            `update message set body = null, deleted_at = now() where id = '${answer}'`,
          );
        },
        own.url,
      );
      return await threadCounts(talk ?? "", own.url);
    } finally {
      await own.drop();
    }
  };

  test("is not counted any more, whoever deletes it", async () => {
    expect(await counted("select 1")).toEqual([{ isRight: true, replies: 1 }]);
  });

  test("would be counted without the trigger", async () => {
    const ended = await counted("drop trigger reply_deletions on message");
    expect(ended).toEqual([{ isRight: false, replies: 1 }]);
  });
});

test("no reply is accepted behind the deletion of its root, on two replicas", async () => {
  const [ada, bob] = await tokenHolders(2);
  for (const round of upTo(5)) {
    const group = await aGroup(ada, [bob]);
    const { id } = await aMessage(ada, group, "root");
    await Promise.all([
      ...upTo(6).map((at) => reply(bob, group, id, `${at}`, at % 2)),
      mutate("DeleteMessage", ada, { messageId: id }, round % 2),
      ...upTo(6).map((at) => reply(ada, group, id, `${at}`, (at + 1) % 2)),
    ]);
    const log = await logOf(group);
    const deletedAt = log.findIndex(({ type }) => type === "messageDeleted");
    const behind = log.slice(deletedAt + 1).filter(({ type }) => type === "messageSent");
    expect(deletedAt).toBeGreaterThan(0);
    expect(behind).toEqual([]);
    const root = await readThread(ada, id);
    expect(root?.thread?.replyCount ?? 0).toBe(log.length - 2);
  }
});
