// Two tabs of one browser against the real stack: they share a session and what is on its way. They
// notify each other by BroadcastChannel, which Node has as well.

import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Me } from "../../../clients/sdk/generated/operations.ts";
import { type Client, createLocalLock, createWebStore } from "../../../clients/sdk/index.ts";
import { openConversation } from "../../../clients/sdk/open-conversation.ts";
import { openInbox } from "../../../clients/sdk/open-inbox.ts";
import { aPerson } from "../../kit/stories.ts";
import { aGroup, upTo } from "../messaging/harness.ts";
import { allMessages, POLL, QUICK, startClient, startLine } from "./harness.ts";

/** Two tabs of a person, who is in a group with another one. */
async function twoTabs() {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const group = await aGroup(ada, [bob]);
  const line = await startLine();
  const texts = new Map([["tokens", ada.refreshToken]]);
  const storage = {
    getItem: (key: string) => texts.get(key.split(" ")[0] ?? "") ?? null,
    setItem: (key: string, text: string) => void texts.set(key.split(" ")[0] ?? "", text),
    removeItem: (key: string) => void texts.delete(key.split(" ")[0] ?? ""),
  };
  const name = randomUUID();
  const shared = {
    ...QUICK,
    tokens: createWebStore(storage, `tokens ${name}`),
    outbox: createWebStore(storage, `outbox ${name}`),
    lock: createLocalLock(),
  };
  const tabs = [1, 2].map(() => startClient(line, ada, shared)) as [Client, Client];
  await Promise.all(tabs.map(({ session }) => session.accessToken()));
  return { ada, bob, group, line, tabs, texts };
}

test("signing out in one tab ends the other at once: state, socket, outbox, conversations", async () => {
  const { group, tabs, texts } = await twoTabs();
  const [one, two] = tabs;
  const screen = openConversation(two, group);
  const inbox = openInbox(two);
  const ends: unknown[] = [];
  two.streams.signals(group, { next: () => {}, error: (error) => ends.push(error) });
  await expect.poll(() => screen.getSnapshot().status, POLL).toBe("ready");
  await expect.poll(() => inbox.getSnapshot().status, POLL).toBe("ready");
  screen.send("Sent");
  await expect.poll(() => screen.getSnapshot().messages.length, POLL).toBe(1);

  await one.session.signOut();
  await expect.poll(() => two.session.getSnapshot().status).toBe("signedOut");
  expect(screen.getSnapshot()).toMatchObject({ status: "failed", messages: [], outgoing: [] });
  expect(screen.getSnapshot().error).toMatchObject({ code: "UNAUTHENTICATED" });
  expect(inbox.getSnapshot()).toMatchObject({ status: "failed", rows: [] });
  expect(ends).toMatchObject([{ code: "UNAUTHENTICATED" }]);
  expect(two.connection.getSnapshot()).toBe("idle");
  expect(two.outbox.getSnapshot()).toEqual([]);
  await expect.poll(() => [...texts.keys()]).toEqual([]);
});

test("somebody else who signs in in one tab is the one of the other as well", async () => {
  const { bob, group, tabs } = await twoTabs();
  const [one, two] = tabs;
  const screen = openConversation(two, group);
  await expect.poll(() => screen.getSnapshot().status, POLL).toBe("ready");
  const { email, password } = bob;
  await one.session.signIn({ email, password });
  await expect.poll(() => two.session.getSnapshot().viewerId).toBe(bob.id);
  expect(screen.getSnapshot()).toMatchObject({ status: "failed", messages: [] });
  expect((await two.run(Me, {})).me?.id).toBe(bob.id);
  const next = openConversation(two, group);
  await expect.poll(() => next.getSnapshot().status, POLL).toBe("ready");
  next.send("As Bob");
  await expect.poll(() => next.getSnapshot().messages.length, POLL).toBe(1);
  expect(next.getSnapshot().messages[0]?.sender?.id).toBe(bob.id);
});

test("what both tabs send arrives once and in the order of each, and shows in both", async () => {
  const { group, tabs } = await twoTabs();
  const screens = tabs.map((tab) => openConversation(tab, group));
  for (const screen of screens) {
    await expect.poll(() => screen.getSnapshot().status, POLL).toBe("ready");
  }
  for (const at of upTo(8)) screens[at % 2]?.send(`${at}`);
  for (const screen of screens) {
    await expect.poll(() => screen.getSnapshot().messages.length, POLL).toBe(8);
    await expect.poll(() => screen.getSnapshot().outgoing, POLL).toEqual([]);
  }
  const bodies = (await allMessages(tabs[0], group)).map(({ body }) => Number(body));
  const isOdd = (body: number) => body % 2 === 1;
  expect(bodies.filter(isOdd)).toEqual([1, 3, 5, 7]);
  expect(bodies.filter((body) => !isOdd(body))).toEqual([2, 4, 6, 8]);
});
