// The client on a bad line, over a proxy that hangs and cuts: what may be repeated is, within a
// deadline; what was seen is there without a line, for its person alone; what waits is sent later.

import { expect, test } from "vitest";
import {
  ConversationPage,
  Conversations,
  Me,
  SetTyping,
  UpdateProfile,
} from "../../../clients/sdk/generated/operations.ts";
import {
  type ClientOptions,
  createMemoryStore,
  type KeptAnswer,
  type KeptStore,
  NetworkError,
} from "../../../clients/sdk/index.ts";
import { openConversation } from "../../../clients/sdk/open-conversation.ts";
import { openInbox } from "../../../clients/sdk/open-inbox.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { aGroup, send } from "../messaging/harness.ts";
import { type Line, POLL, QUICK, startClient, startLine } from "./harness.ts";

/** A client whose requests take the line too, and the number of those it has sent. */
function startOn(
  line: Line,
  person: Pick<Person, "refreshToken">,
  options: Partial<ClientOptions> = {},
) {
  const sent: string[] = [];
  const url = new URL("/graphql", line.proxy.url).href;
  const client = startClient(line, person, {
    ...QUICK,
    fetch(_url, { body, ...init }) {
      sent.push(body ?? "");
      return fetch(url, { ...init, ...(body !== undefined && { body }) });
    },
    ...options,
  });
  return { client, sent };
}

/** Answers in memory, as a browser's database has them over a reload. */
function memoryKept() {
  const answers = new Map<string, KeptAnswer>();
  const ownerOf = (key: string) => key.split(" ")[0];
  const store: KeptStore = {
    read: async (viewerId, key) => answers.get(`${viewerId} ${key}`) ?? null,
    async write(viewerId, key, answer) {
      answers.set(`${viewerId} ${key}`, structuredClone(answer));
    },
    async keepOnly(viewerId) {
      for (const key of answers.keys()) if (ownerOf(key) !== viewerId) answers.delete(key);
    },
  };
  return { answers, store };
}

test("a read on a line that is cut is tried again, and has its answer", async () => {
  const line = await startLine();
  const { client, sent } = startOn(line, await aPerson("Ada"));
  await client.session.accessToken();
  line.proxy.cut();
  line.proxy.hold(true);
  const [before, arrived] = [sent.length, line.proxy.arrivals()];
  const read = client.run(Me, {});
  await expect.poll(() => line.proxy.arrivals(), POLL).toBeGreaterThan(arrived);
  line.proxy.hold(false);
  line.proxy.cut();
  expect((await read).me?.displayName).toBe("Ada");
  expect(sent.length - before).toBe(2);
});

test("a read on a line that hangs ends at its deadline", async () => {
  const line = await startLine();
  const { client, sent } = startOn(line, await aPerson(), { requestTimeoutMs: 1_000 });
  await client.session.accessToken();
  line.proxy.hold(true);
  line.proxy.silence();
  const before = sent.length;
  const startedAt = performance.now();
  await expect(client.run(Me, {})).rejects.toBeInstanceOf(NetworkError);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(sent.length - before).toBe(2);
  expect(client.network.getSnapshot()).toBe("away");
});

test("a mutation is repeated only if it may be", async () => {
  const line = await startLine();
  const { client, sent } = startOn(line, await aPerson());
  await client.session.accessToken();
  line.proxy.refuse(true);
  line.proxy.cut();
  const sentBy = async (work: Promise<unknown>) => {
    const before = sent.length;
    await expect(work).rejects.toBeInstanceOf(NetworkError);
    return sent.length - before;
  };
  const typing = { conversationId: "019a0000-0000-7000-8000-000000000000", isTyping: true };
  expect(await sentBy(client.run(SetTyping, { input: typing }))).toBe(1);
  line.proxy.refuse(false);
  await client.run(Me, {});
  line.proxy.refuse(true);
  line.proxy.cut();
  const input = { headline: "Twice" };
  expect(await sentBy(client.run(UpdateProfile, { input }, { isSafeToRepeat: true }))).toBe(3);
});

test("what was read is there without a line after a reload, and for nobody else", async () => {
  const line = await startLine();
  const [ada, eve] = [await aPerson("Ada"), await aPerson("Eve")];
  const { answers, store } = memoryKept();
  const [tokens, lastViewer] = [createMemoryStore(ada.refreshToken), createMemoryStore()];
  const at = Date.parse("2026-11-30T08:00:00Z");
  const kept = { store, operations: ["Me"], now: () => at };
  const options = { kept, tokens, lastViewer };
  const first = startOn(line, ada, options);
  expect((await first.client.run(Me, {})).me?.displayName).toBe("Ada");
  line.proxy.refuse(true);
  line.proxy.cut();
  const second = startOn(line, ada, { ...options, kept: { ...kept, now: () => at + 60_000 } });
  expect((await second.client.run(Me, {})).me?.displayName).toBe("Ada");
  expect(second.client.session.getSnapshot()).toMatchObject({ viewerId: ada.id });
  expect(second.client.kept.seen.getSnapshot()).toEqual([{ name: "Me", variables: {}, at }]);
  // A read that no policy names is not there.
  await expect(second.client.run(Conversations, {})).rejects.toBeInstanceOf(NetworkError);
  // Neither is anything for a person who signs in later, though the store still has it.
  const strange = { tokens: createMemoryStore(eve.refreshToken), lastViewer: createMemoryStore() };
  line.proxy.refuse(false);
  const third = startOn(line, eve, { ...options, ...strange });
  await third.client.session.accessToken();
  line.proxy.refuse(true);
  line.proxy.cut();
  await expect(third.client.run(Me, {})).rejects.toBeInstanceOf(NetworkError);
  expect(answers.size).toBe(0);
});

test("a conversation is kept as it is seen, with what came live, and goes on from there", async () => {
  const line = await startLine();
  const [ada, bob] = [await aPerson("Ada"), await aPerson("Bob")];
  const group = await aGroup(bob, [ada]);
  const { answers, store } = memoryKept();
  const options = {
    kept: { store, operations: ["ConversationPage", "Conversations"] },
    tokens: createMemoryStore(ada.refreshToken),
    lastViewer: createMemoryStore(),
  };
  const { client } = startOn(line, ada, options);
  const [talk, inbox] = [openConversation(client, group), openInbox(client)];
  await expect.poll(() => talk.getSnapshot().status, POLL).toBe("ready");
  await expect.poll(() => client.connection.getSnapshot(), POLL).toBe("open");
  await send(bob, group, "Live");
  const textOf = () => JSON.stringify([...answers.values()]).split('"Live"').length - 1;
  await expect.poll(textOf, POLL).toBe(2);
  talk.close();
  inbox.close();
  await client.close();
  line.proxy.refuse(true);
  line.proxy.cut();

  const cold = startOn(line, ada, options).client;
  await cold.session.accessToken().catch(() => {});
  const [again, list] = [openConversation(cold, group), openInbox(cold)];
  const bodies = () => again.getSnapshot().messages.map(({ body }) => body);
  await expect.poll(bodies, POLL).toEqual(["Live"]);
  await expect.poll(() => list.getSnapshot().rows[0]?.unreadCount, POLL).toBe(1);
  // It is read without a line, and its screen closes.
  void again.markRead().catch(() => {});
  await expect.poll(() => list.getSnapshot().rows[0]?.unreadCount, POLL).toBe(0);
  await send(bob, group, "Later");
  line.proxy.refuse(false);
  cold.wake();
  await expect.poll(bodies, POLL).toEqual(["Live", "Later"]);
  const { conversation } = await cold.run(
    ConversationPage,
    { id: group, last: 1 },
    { isFresh: true },
  );
  expect(conversation?.unreadCount).toBe(1);
});

test("read marks are sent by the next page, whatever it shows", async () => {
  const line = await startLine();
  const [ada, bob] = [await aPerson("Ada"), await aPerson("Bob")];
  const group = await aGroup(bob, [ada]);
  await send(bob, group, "Read me");
  const [readMarks, tokens] = [createMemoryStore(), createMemoryStore(ada.refreshToken)];
  const { client } = startOn(line, ada, { readMarks, tokens });
  const talk = openConversation(client, group);
  await expect.poll(() => talk.getSnapshot().status, POLL).toBe("ready");
  line.proxy.refuse(true);
  line.proxy.cut();
  void talk.markRead().catch(() => {});
  await expect.poll(() => readMarks.read(), POLL).toContain(group);
  talk.close();
  await client.close();
  line.proxy.refuse(false);
  const next = startOn(line, ada, { readMarks, tokens }).client;
  await next.session.accessToken();
  await expect.poll(() => readMarks.read(), POLL).toBeNull();
  const { conversation } = await next.run(ConversationPage, { id: group, last: 1 });
  expect(conversation?.unreadCount).toBe(0);
});
