// The client's conversation, inbox and outbox against the real stack: two people talk over lines
// that break, and what both screens have equals what the server answers.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  AddReaction,
  ConversationPage,
  Conversations,
  DeleteMessage,
  EditMessage,
  RemoveReaction,
} from "../../../clients/sdk/generated/operations.ts";
import { rowOf } from "../../../clients/sdk/inbox-rows.ts";
import { type Client, createMemoryStore } from "../../../clients/sdk/index.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { type Line, startClient, startLine } from "./harness.ts";

const QUICK = { pingMs: 200, pongMs: 1_000, connectMs: 2_000 };
const POLL = { timeout: 20_000 };

/** Two people in a group, each with a client on one line. */
async function twoClients() {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const group = await aGroup(ada, [bob]);
  const line = await startLine();
  const clients = [ada, bob].map((person) => startClient(line, person, QUICK));
  await Promise.all(clients.map(({ session }) => session.accessToken()));
  return { ada, bob, group, line, clients: clients as [Client, Client] };
}

/** All messages as the server has them for the client's person. */
async function allMessages({ run }: Client, id: string) {
  const { conversation } = await run(ConversationPage, { id, last: 100 });
  return conversation?.messages.edges.map(({ node }) => node) ?? [];
}

test("two people talk: messages, typing, reading, reactions, edits", async () => {
  const { group, clients } = await twoClients();
  const [hers, his] = clients.map((client) => client.conversation(group));
  if (!hers || !his) throw new Error("two conversations");
  const bodies = (of: typeof hers) => of.getSnapshot().messages.map(({ body }) => body);
  await expect.poll(() => his.getSnapshot().status, POLL).toBe("ready");

  // A signal is not repeated for those who come later.
  const typing = async () => {
    await hers.setTyping(false);
    await hers.setTyping(true);
    return his.getSnapshot().typing.length;
  };
  await expect.poll(typing, POLL).toBe(1);
  hers.send("Hello");
  hers.send("Bob");
  expect(hers.getSnapshot().outgoing.map(({ body }) => body)).toEqual(["Hello", "Bob"]);
  await expect.poll(() => bodies(his), POLL).toEqual(["Hello", "Bob"]);
  expect(his.getSnapshot()).toMatchObject({ typing: [], unreadCount: 2 });
  await expect.poll(() => hers.getSnapshot().outgoing, POLL).toEqual([]);
  expect(bodies(hers)).toEqual(["Hello", "Bob"]);
  expect(hers.getSnapshot().unreadCount).toBe(0);

  await his.markRead();
  expect(his.getSnapshot().unreadCount).toBe(0);
  const [first] = his.getSnapshot().messages;
  const messageId = first?.id ?? "";
  await clients[1].run(AddReaction, { input: { messageId, emoji: "👍" } });
  await clients[0].run(EditMessage, { input: { messageId, body: "Good evening" } });
  const reactions = (of: typeof hers) => of.getSnapshot().messages[0]?.reactions;
  await expect.poll(() => bodies(his)[0], POLL).toBe("Good evening");
  await expect.poll(() => bodies(hers)[0], POLL).toBe("Good evening");
  expect(reactions(his)).toMatchObject([{ emoji: "👍", count: 1, isViewerAmong: true }]);
  expect(reactions(hers)).toMatchObject([{ emoji: "👍", count: 1, isViewerAmong: false }]);
});

test("the history comes page by page while messages arrive", async () => {
  const { ada, group, clients } = await twoClients();
  for (const at of upTo(60)) await aMessage(ada, group, `${at}`);
  const screen = clients[1].conversation(group);
  await expect.poll(() => screen.getSnapshot().messages.length, POLL).toBe(50);
  expect(screen.getSnapshot()).toMatchObject({ hasEarlier: true, unreadCount: 60 });
  await Promise.all([screen.loadEarlier(), aMessage(ada, group, "61")]);
  await expect.poll(() => screen.getSnapshot().messages.length, POLL).toBe(61);
  expect(screen.getSnapshot()).toMatchObject({ hasEarlier: false, unreadCount: 61 });
  expect(screen.getSnapshot().messages).toEqual(await allMessages(clients[1], group));
});

test("an answer that is lost, and a reload without a network, send each message once", async () => {
  const { ada, bob, group, line } = await twoClients();
  const outbox = createMemoryStore();
  let isOffline = false;
  let lostAnswers = 2;
  const overBadLine = async (_url: string, init: RequestInit) => {
    if (isOffline) throw new Error("offline");
    const response = await fetch(line.router.url, init);
    const text = await response.text();
    if (text.includes("SendMessageSuccess") && lostAnswers-- > 0) throw new Error("cut");
    return new Response(text);
  };
  const tokens = createMemoryStore((await signedInAgain(line, bob)) ?? "");
  const options = { ...QUICK, fetch: overBadLine, outbox, tokens };
  const before = startClient(line, bob, options);
  await before.session.accessToken();
  const old = before.conversation(group);
  for (const body of ["one", "two", "three"]) old.send(body);
  await expect
    .poll(() => before.outbox.getSnapshot().map(({ status }) => status), POLL)
    .toEqual(["sent", "sent", "sent"]);
  isOffline = true;
  for (const body of ["four", "five"]) old.send(body);
  await expect.poll(async () => (await outbox.read())?.includes("five") ?? false).toBe(true);
  old.close();
  await before.close();

  isOffline = false;
  const after = startClient(line, bob, options);
  const screen = after.conversation(group);
  const bodies = () => screen.getSnapshot().messages.map(({ body }) => body);
  await expect.poll(bodies, POLL).toEqual(["one", "two", "three", "four", "five"]);
  await expect.poll(() => screen.getSnapshot().outgoing, POLL).toEqual([]);
  await expect.poll(() => outbox.read()).toBeNull();
  const hers = startClient(line, { refreshToken: (await signedInAgain(line, ada)) ?? "" }, QUICK);
  expect((await allMessages(hers, group)).map(({ body }) => body)).toEqual(bodies());
});

/** A refresh token of another session of the person. */
async function signedInAgain(line: Line, { email, password }: Person): Promise<string | null> {
  const tokens = createMemoryStore();
  const { session } = startClient(line, { refreshToken: "" }, { tokens });
  await session.signIn({ email, password });
  return tokens.read();
}

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
): Promise<void> {
  const client = clients[roll % 2] ?? clients[0];
  const viewerId = client.session.getSnapshot().viewerId;
  const all = await allMessages(client, group);
  const alive = all.filter(({ deletedAt }) => deletedAt === null);
  const own = alive.filter(({ sender }) => sender?.id === viewerId);
  const messageId = (of: typeof all) => of[roll % Math.max(1, of.length)]?.id ?? "";
  if (step === "send") client.outbox.send(group, `message ${roll}`);
  else if (step === "cut") line.proxy.cut();
  else if (step === "silence") line.proxy.silence();
  else if (step === "restart") await line.restartRouter();
  else if (step === "edit" && own.length > 0) {
    await client.run(EditMessage, { input: { messageId: messageId(own), body: `edit ${roll}` } });
  } else if (step === "delete" && own.length > 0) {
    await client.run(DeleteMessage, { input: { messageId: messageId(own) } });
  } else if (step === "react" && alive.length > 0) {
    await client.run(AddReaction, { input: { messageId: messageId(alive), emoji: "🎉" } });
  } else if (step === "unreact" && alive.length > 0) {
    await client.run(RemoveReaction, { input: { messageId: messageId(alive), emoji: "🎉" } });
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
        await act(step, scene);
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
        const rows = conversations.edges.map(({ node }) => rowOf(node)).map(withoutActivity);
        await expect
          .poll(() => screens[at]?.getSnapshot().messages.slice(-100), POLL)
          .toEqual(messages);
        expect(screens[at]?.getSnapshot()).toMatchObject({
          unreadCount: conversation?.unreadCount,
          outgoing: [],
        });
        await expect
          .poll(() => inboxes[at]?.getSnapshot().rows.map(withoutActivity), POLL)
          .toEqual(rows);
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 300_000);

const isPending = ({ status }: { readonly status: string }) => status === "pending";

/** The event and the conversation have times of their own for one message. */
function withoutActivity({ activityAt: _, ...row }: ReturnType<typeof rowOf>) {
  return row;
}

test("a new conversation comes to the front of the list, and the one in which something is said", async () => {
  const { ada, bob, group, clients } = await twoClients();
  const inbox = clients[1].inbox();
  const ids = () => inbox.getSnapshot().rows.map(({ id }) => id);
  await expect.poll(() => inbox.getSnapshot().status, POLL).toBe("ready");
  expect(ids()).toEqual([group]);
  const another = await aGroup(ada, [bob], "Another");
  await expect.poll(ids, POLL).toEqual([another, group]);
  await aMessage(ada, group, "Back here");
  await expect.poll(ids, POLL).toEqual([group, another]);
  expect(inbox.getSnapshot().rows[0]).toMatchObject({
    unreadCount: 1,
    lastMessage: { body: "Back here" },
  });
});
