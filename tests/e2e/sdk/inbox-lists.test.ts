// The client's lists of conversations: whatever a person sets on another device, each list and the
// totals equal what the server answers, and muting ends by itself.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Conversations, TotalUnread } from "../../../clients/sdk/generated/operations.ts";
import { rowOf } from "../../../clients/sdk/inbox-rows.ts";
import type { Client } from "../../../clients/sdk/index.ts";
import { openInbox } from "../../../clients/sdk/open-inbox.ts";
import { aPerson } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, read } from "../messaging/harness.ts";
import { POLL, QUICK, startClient, startLine } from "./harness.ts";

const LISTS = ["ALL", "UNREAD", "FAVOURITE", "ARCHIVED", "GROUPS", "DIRECT"] as const;

/** What Ada says, and what Bob sets on another device. */
const STEPS = {
  send: null,
  read: null,
  cut: null,
  MuteConversation: (roll: number) => ({ isMuted: roll % 2 === 0 }),
  ArchiveConversation: (roll: number) => ({ isArchived: roll % 3 > 0 }),
  MarkFavourite: (roll: number) => ({ isFavourite: roll % 2 === 0 }),
  MarkUnread: (roll: number) => ({ isUnread: roll % 2 === 0 }),
  HideConversation: () => ({}),
} as const;

type Step = readonly [keyof typeof STEPS, number];

const step = fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[]));
const someSteps = fc.array(fc.tuple(step, fc.nat({ max: 1_000 })), {
  minLength: 10,
  maxLength: 30,
}) as fc.Arbitrary<Step[]>;

async function listOf({ run }: Client, filter: (typeof LISTS)[number]) {
  const { conversations } = await run(Conversations, { first: 30, filter });
  return conversations.edges.map(({ node }) => rowOf(node));
}

async function aScene() {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const groups = await Promise.all([1, 2, 3].map(() => aGroup(ada, [bob])));
  const line = await startLine();
  return { ada, bob, groups, line, client: startClient(line, bob, QUICK) };
}

test("all lists and the totals equal a refetch, whatever is set elsewhere", async () => {
  const { ada, bob, groups, line, client } = await aScene();
  const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
  const direct = conversation?.id ?? "";
  // Before its first message Bob has it in no list.
  await aMessage(ada, direct);
  const all = [...groups, direct];
  const lists = LISTS.map((filter) => ({ filter, inbox: openInbox(client, filter) }));
  await fc.assert(
    fc.asyncProperty(someSteps, async (steps) => {
      for (const [name, roll] of steps) {
        const conversationId = all[roll % all.length] ?? "";
        const change = STEPS[name];
        if (name === "cut") line.proxy.cut();
        else if (name === "send") await aMessage(ada, conversationId, `message ${roll}`);
        else if (name === "read") {
          const { lastSeq = 0 } = (await read(bob, conversationId)) ?? {};
          await mutate("MarkRead", bob, { conversationId, seq: lastSeq });
        } else await mutate(name, bob, { conversationId, ...change?.(roll) });
      }
      for (const { filter, inbox } of lists) {
        const list = await listOf(client, filter);
        await expect.poll(() => inbox.getSnapshot().rows, POLL).toEqual(list);
      }
      const { me } = await client.run(TotalUnread, {});
      const { totalUnread } = lists[0]?.inbox.getSnapshot() ?? {};
      expect(totalUnread).toBe(me?.totalUnread);
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 120_000);

test("muting ends by itself, and brings back what was archived with news in it", async () => {
  const { ada, bob, groups, client } = await aScene();
  const [conversationId = ""] = groups;
  const inbox = openInbox(client);
  const row = () => inbox.getSnapshot().rows.find(({ id }) => id === conversationId);
  await expect.poll(() => row()?.isMuted, POLL).toBe(false);
  const mutedUntil = new Date(Date.now() + 2_000).toISOString();
  await mutate("MuteConversation", bob, { conversationId, mutedUntil });
  await mutate("ArchiveConversation", bob, { conversationId });
  await expect.poll(row, POLL).toBeUndefined();
  await aMessage(ada, conversationId, "news");
  await expect.poll(row, POLL).toMatchObject({ isMuted: false, unreadCount: 1 });
  expect(inbox.getSnapshot().totalUnread).toBe(1);
});
