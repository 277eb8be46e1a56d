// The client's list of conversations: whatever happens on other devices and in conversations behind
// the pages that were read, it equals what the server answers, and asks for no more than it must.

import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ConversationSummary,
  Conversations,
  type ConversationsQuery,
  DeleteMessage,
} from "../../../clients/sdk/generated/operations.ts";
import { rowOf } from "../../../clients/sdk/inbox-rows.ts";
import type { Client, Inbox, InboxRow } from "../../../clients/sdk/index.ts";
import { openInbox } from "../../../clients/sdk/open-inbox.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, read } from "../messaging/harness.ts";
import { type Line, POLL, QUICK, startClient, startLine } from "./harness.ts";

/** More than a page of the list. */
const GROUPS = 33;

const STEPS = [
  "send",
  "send",
  "own",
  "edit",
  "delete",
  "delete",
  "read",
  "read",
  "more",
  "group",
  "remove",
  "add",
  "cut",
] as const;

type Step = readonly [(typeof STEPS)[number], number];

const someSteps = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat({ max: 10_000 })), {
  minLength: 10,
  maxLength: 40,
}) as fc.Arbitrary<Step[]>;

interface Scene {
  readonly ada: Person;
  readonly bob: Person;
  readonly groups: string[];
  /** Groups that Bob is not in. */
  readonly without: Set<string>;
  readonly line: Line;
  readonly inbox: Inbox;
}

/** A step of Ada, or of Bob on another device. */
async function act([step, roll]: Step, scene: Scene): Promise<void> {
  const { ada, bob, groups, without, line, inbox } = scene;
  const conversationId = groups[roll % groups.length] ?? "";
  const isIn = !without.has(conversationId);
  const change = { conversationId, userId: bob.id };
  if (step === "cut") line.proxy.cut();
  else if (step === "more") await inbox.loadMore();
  else if (step === "group") groups.push(await aGroup(ada, [bob]));
  else if (step === "send") await aMessage(ada, conversationId, `message ${roll}`);
  else if (step === "own" && isIn) await aMessage(bob, conversationId, `own ${roll}`);
  else if (step === "read" && isIn) {
    const { lastSeq = 0 } = (await read(bob, conversationId)) ?? {};
    await mutate("MarkRead", bob, { conversationId, seq: roll % (lastSeq + 1) });
  } else if (step === "remove" && isIn) {
    await mutate("RemoveMember", ada, change);
    without.add(conversationId);
  } else if (step === "add" && !isIn) {
    await mutate("AddMembers", ada, { conversationId, userIds: [bob.id] });
    without.delete(conversationId);
  } else if (step === "edit" || step === "delete") await rewrite(step, roll, conversationId, ada);
}

/** Changes any message of the person that is not deleted. */
async function rewrite(step: "edit" | "delete", roll: number, id: string, ada: Person) {
  const page = await read(ada, id, { last: 100 });
  const alive = (page?.messages.edges ?? []).filter(({ node }) => node.deletedAt === null);
  const own = alive.filter(({ node }) => node.body?.startsWith("message"));
  const messageId = own[roll % Math.max(1, own.length)]?.node.id;
  if (!messageId) return;
  if (step === "delete") await mutate("DeleteMessage", ada, { messageId });
  else await mutate("EditMessage", ada, { messageId, body: `message, edited ${roll}` });
}

/** The whole list as the server answers it. Nothing must change meanwhile. */
async function listOf({ run }: Client): Promise<InboxRow[]> {
  const rows: InboxRow[] = [];
  for (let after: string | null | undefined = null; after !== undefined; ) {
    const page: ConversationsQuery = await run(Conversations, { first: 50, after });
    const { edges, pageInfo } = page.conversations;
    rows.push(...edges.map(({ node }) => rowOf(node)));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
  }
  return rows;
}

test("the list equals a refetch, page by page, whatever happens elsewhere", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const groups: string[] = [];
  for (let at = 0; at < GROUPS; at += 1) groups.push(await aGroup(ada, [bob]));
  for (const group of groups) await aMessage(ada, group, "message");
  const line = await startLine();
  const client = startClient(line, bob, QUICK);
  const inbox = openInbox(client);
  const state = inbox.getSnapshot;
  await expect.poll(() => state().status, POLL).toBe("ready");
  expect(state()).toMatchObject({ hasMore: true });
  const scene = { ada, bob, groups, without: new Set<string>(), line, inbox };
  await fc.assert(
    fc.asyncProperty(someSteps, async (steps) => {
      for (const step of steps) await act(step, scene);
      const list = await listOf(client);
      await expect.poll(() => differences(state().rows, list), POLL).toEqual([]);
      expect(state().rows.length).toBeGreaterThanOrEqual(Math.min(30, list.length) - 8);
    }),
    { numRuns: 4, endOnFailure: true },
  );
  while (state().hasMore) await inbox.loadMore();
  const list = await listOf(client);
  await expect.poll(() => state().rows, POLL).toEqual(list);
}, 300_000);

/** The rows that are not what is at their place in the list, each with that. */
function differences(rows: readonly InboxRow[], list: readonly InboxRow[]) {
  return rows
    .map((row, at) => [row, list[at]])
    .filter(([row, other]) => !isDeepStrictEqual(row, other));
}

test("deletions, reads elsewhere and new conversations come with all that the list needs", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const group = await aGroup(ada, [bob]);
  const sent = [await aMessage(ada, group, "one"), await aMessage(ada, group, "two")];
  const line = await startLine();
  const requests: string[] = [];
  const counting = (_url: string, init: RequestInit) => {
    requests.push(String(init.body));
    return fetch(line.router.url, init);
  };
  const client = startClient(line, bob, { ...QUICK, fetch: counting });
  const inbox = openInbox(client);
  const row = (at: number) => inbox.getSnapshot().rows[at];
  await expect.poll(() => row(0)?.unreadCount, POLL).toBe(2);
  const before = requests.length;
  await mutate("DeleteMessage", ada, { messageId: sent[1]?.id ?? "" });
  await expect.poll(() => row(0), POLL).toMatchObject({ unreadCount: 1, lastSeq: 3 });
  expect(row(0)?.lastMessage?.body).toBeNull();
  await mutate("MarkRead", bob, { conversationId: group, seq: 3 });
  await expect.poll(() => row(0), POLL).toMatchObject({ unreadCount: 0, readSeq: 3 });
  const another = await aGroup(ada, [bob], "Another");
  await expect.poll(() => row(0)?.id, POLL).toBe(another);
  expect(requests.slice(before)).toEqual([]);
  const { conversation } = await client.run(ConversationSummary, { id: another });
  expect(row(0)).toEqual(conversation && rowOf(conversation));
});

test("a row shows the people who are typing, until they stop, send or leave it", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const groups = [await aGroup(ada, [bob]), await aGroup(ada, [bob])];
  const line = await startLine();
  const inbox = openInbox(startClient(line, bob, QUICK));
  const typing = () => groups.map((group) => rowIn(inbox, group)?.typing);
  await expect.poll(() => inbox.getSnapshot().status, POLL).toBe("ready");
  const conversationId = groups[1];
  const type = (isTyping: boolean) => mutate("SetTyping", ada, { conversationId, isTyping });
  // A signal is not repeated for those who come later.
  const typeAgain = async () => {
    await type(false);
    await type(true);
    return typing();
  };
  await expect.poll(typeAgain, POLL).toEqual([[], [ada.id]]);
  await type(false);
  await expect.poll(typing, POLL).toEqual([[], []]);
  await type(true);
  await expect.poll(typing, POLL).toEqual([[], [ada.id]]);
  await aMessage(ada, groups[1] ?? "", "done");
  await expect.poll(() => rowIn(inbox, groups[1])?.unreadCount, POLL).toBe(1);
  expect(typing()).toEqual([[], []]);
});

function rowIn(inbox: Inbox, group: string | undefined) {
  return inbox.getSnapshot().rows.find(({ id }) => id === group);
}

test("the time of a message is that of its conversation in the list", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const group = await aGroup(ada, [bob]);
  const line = await startLine();
  const [hers, his] = [startClient(line, ada, QUICK), startClient(line, bob, QUICK)];
  const inbox = openInbox(his);
  await expect.poll(() => inbox.getSnapshot().status, POLL).toBe("ready");
  for (const body of ["one", "two", "three"]) {
    const { id: messageId } = await aMessage(ada, group, body);
    await expect.poll(() => inbox.getSnapshot().rows[0]?.lastMessage?.body, POLL).toBe(body);
    const { conversation } = await hers.run(ConversationSummary, { id: group });
    expect(inbox.getSnapshot().rows[0]?.activityAt).toBe(conversation?.activityAt);
    await hers.run(DeleteMessage, { input: { messageId } });
  }
});
