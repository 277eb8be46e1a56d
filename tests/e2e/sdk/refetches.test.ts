// The client's conversation and inbox through lines that break: what both screens have equals what
// the server answers.
import fc from "fast-check";
import { expect, test } from "vitest";
import { ConversationPage, Conversations } from "../../../clients/sdk/generated/operations.ts";
import { rowOf } from "../../../clients/sdk/inbox-rows.ts";
import type { Conversation } from "../../../clients/sdk/index.ts";
import { allMessages, POLL, twoClients } from "./harness.ts";

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
  const screen = screens[roll % 2] ?? client.conversation(group);
  const viewerId = client.session.getSnapshot().viewerId;
  const all = await allMessages(client, group);
  const alive = all.filter(({ deletedAt }) => deletedAt === null);
  const own = alive.filter(({ sender }) => sender?.id === viewerId);
  const messageId = (of: typeof all) => of[roll % Math.max(1, of.length)]?.id ?? "";
  const replyToId = roll % 3 === 0 && all.length > 0 ? messageId(all) : null;
  if (step === "send") screen.send(`message ${roll}`, replyToId);
  else if (step === "cut") line.proxy.cut();
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
  const scene = await twoClients();
  const { group, clients } = scene;
  const screens = clients.map((client) => client.conversation(group));
  const inboxes = clients.map((client) => client.inbox());
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
        await expect.poll(() => inboxes[at]?.getSnapshot().rows, POLL).toEqual(rows);
      }
    }),
    { numRuns: 4, endOnFailure: true },
  );
}, 300_000);

const isPending = ({ status }: { readonly status: string }) => status === "pending";
