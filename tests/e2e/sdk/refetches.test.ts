// The client's conversation and inbox through lines that break: what both screens have equals what
// the server answers.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ClearHistory,
  ConversationPage,
  Conversations,
  DeleteMessageForMe,
  ForwardMessage,
  ThreadPage,
} from "../../../clients/sdk/generated/operations.ts";
import { rowOf } from "../../../clients/sdk/inbox-rows.ts";
import type { Client, Conversation } from "../../../clients/sdk/index.ts";
import { openConversation } from "../../../clients/sdk/open-conversation.ts";
import { openInbox } from "../../../clients/sdk/open-inbox.ts";
import { newId } from "../../../kit/data/id.ts";
import { allMessages, OWN, POLL, twoClients } from "./harness.ts";

const STEPS = [
  "send",
  "send",
  "send",
  "edit",
  "delete",
  "react",
  "unreact",
  "cut",
  "silence",
  "restart",
  "read",
  "reply",
  "reply",
  "readThread",
  "forward",
  "hide",
  "clear",
] as const;

type Step = readonly [(typeof STEPS)[number], number];

const someSteps = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat({ max: 1_000 })), {
  minLength: 5,
  maxLength: 25,
}) as fc.Arbitrary<Step[]>;

/** One step of one of the two people, on any message of theirs. */
async function act(
  [step, roll]: Step,
  { line, clients, group }: Awaited<ReturnType<typeof twoClients>>,
  screens: readonly Conversation[],
): Promise<void> {
  const client = clients[roll % 2] ?? clients[0];
  const screen = screens[roll % 2] ?? openConversation(client, group);
  const viewerId = client.session.getSnapshot().viewerId;
  const all = await allMessages(client, group);
  const alive = all.filter(({ deletedAt }) => deletedAt === null);
  const own = alive.filter(({ sender }) => sender?.id === viewerId);
  const messageId = (of: typeof all) => of[roll % Math.max(1, of.length)]?.id ?? "";
  const replyToId = roll % 3 === 0 && all.length > 0 ? messageId(all) : null;
  if (step === "send") screen.send(`message ${roll}`, replyToId);
  else if (step === "reply" && alive.length > 0) {
    screen.thread(messageId(alive)).send(`reply ${roll}`);
  } else if (step === "readThread" && all.length > 0) {
    const thread = screen.thread(messageId(all));
    await expect.poll(() => thread.getSnapshot().status, POLL).toBe("ready");
    await thread.markRead();
  } else if (step === "forward" && alive.length > 0) {
    const to = { conversationId: group, clientMessageId: newId() };
    await client.run(ForwardMessage, { input: { messageId: messageId(alive), ...to } });
  } else if (step === "hide" && all.length > 0) {
    await client.run(DeleteMessageForMe, { input: { messageId: messageId(all) } });
  } else if (step === "clear") {
    const upToSeq = all[roll % Math.max(1, all.length)]?.seq ?? 0;
    await client.run(ClearHistory, { input: { conversationId: group, upToSeq } });
  } else if (step === "cut") line.proxy.cut();
  else if (step === "silence") line.proxy.silence();
  else if (step === "restart") await line.restartRouter();
  else if (step === "edit" && own.length > 0) {
    await screen.edit(messageId(own), `edit ${roll}`);
  } else if (step === "delete" && own.length > 0) {
    await screen.delete(messageId(own));
  } else if (step === "react" && alive.length > 0) {
    // A second click before the first answer.
    const id = messageId(alive);
    await Promise.all([screen.react(id, "🎉", true), roll % 3 || screen.react(id, "🎉", false)]);
  } else if (step === "unreact" && alive.length > 0) {
    await screen.react(messageId(alive), "🎉", false);
  }
}

test("both screens and both lists equal a refetch, whatever happens", async () => {
  const scene = await twoClients(OWN);
  const { group, clients } = scene;
  const screens = clients.map((client) => openConversation(client, group));
  const inboxes = clients.map((client) => openInbox(client));
  await fc.assert(
    fc.asyncProperty(someSteps, async (steps) => {
      for (const step of steps) {
        await act(step, scene, screens);
        if (step[0] === "read") await screens[step[1] % 2]?.markRead();
      }
      await expect
        .poll(() => clients.flatMap(({ outbox }) => outbox.getSnapshot().filter(isPending)), POLL)
        .toEqual([]);
      for (const [at, client] of clients.entries()) {
        const { run } = client;
        const messages = await allMessages(client, group);
        const { conversation } = await run(ConversationPage, { id: group, last: 1 });
        const { conversations } = await run(Conversations, { first: 10 });
        const rows = conversations.edges.map(({ node }) => rowOf(node));
        await expect
          .poll(() => screens[at]?.getSnapshot().messages.slice(-100), POLL)
          .toEqual(messages);
        expect(screens[at]?.getSnapshot()).toMatchObject({
          unreadCount: conversation?.unreadCount,
          outgoing: [],
        });
        await expectSameThread(client, screens[at]);
        await expect.poll(() => inboxes[at]?.getSnapshot().rows, POLL).toEqual(rows);
      }
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 300_000);

/** The thread of the latest message with one, opened now and then while it changes. */
async function expectSameThread(client: Client, screen: Conversation | undefined): Promise<void> {
  const root = screen?.getSnapshot().messages.findLast(({ thread }) => thread !== null);
  if (!screen || !root) return;
  const { message } = await client.run(ThreadPage, { id: root.id, last: 50 });
  const replies = message?.thread?.messages.edges.map(({ node }) => ({ ...node, thread: null }));
  const thread = screen.thread(root.id);
  await expect.poll(() => thread.getSnapshot().messages, POLL).toEqual(replies);
  await expect.poll(() => thread.getSnapshot().root, POLL).toMatchObject({ thread: root.thread });
}

const isPending = ({ status }: { readonly status: string }) => status === "pending";
