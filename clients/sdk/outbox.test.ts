// Guarantees about the outbox: order in each conversation, one id for all repeats, and nothing lost
// by a reload.
import { expect, test } from "vitest";
import { GraphError, NetworkError } from "./errors.ts";
import { Outbox } from "./outbox.ts";
import { createLocalLock, type Lock, newId, systemChannel } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import { createMemoryStore, createWebStore } from "./text-store.ts";

interface Sent {
  readonly attachmentIds?: readonly string[];
  readonly body: string;
  readonly clientMessageId: string;
}

/** A server that can be away, and refuses the body "bad". Time is that of the test. */
function start(store = createMemoryStore(), options: { readonly lock?: Lock } = {}) {
  const tried: Sent[] = [];
  const inputs: Sent[] = [];
  const server = { isAway: false, viewerId: "me" };
  const due = new Set<() => void>();
  const forgetting = new Set<() => void>();
  const run = (async (_operation: unknown, { input }: { input: Sent }) => {
    inputs.push(input);
    tried.push({ body: input.body, clientMessageId: input.clientMessageId });
    await Promise.resolve();
    if (server.isAway) throw new NetworkError(new Error("offline"));
    if (input.body === "bad") throw new GraphError("too bad", "BAD_USER_INPUT", []);
    return { sendMessage: { __typename: "SendMessageSuccess", message: { id: "m" } } };
  }) as unknown as Run;
  const session = {
    getSnapshot: () => ({ status: "signedIn", viewerId: server.viewerId }),
    subscribe: () => () => {},
  } as unknown as Session;
  const clock = {
    now: () => 0,
    after(ms: number, work: () => void) {
      const kind = ms < 60_000 ? due : forgetting;
      kind.add(work);
      return () => void kind.delete(work);
    },
  };
  const outbox = new Outbox({
    run,
    session,
    clock,
    random: () => 1,
    lock: options.lock ?? createLocalLock(),
    openChannel: systemChannel(),
    store,
  });
  /** Ends the pauses. */
  const passTime = () => {
    for (const work of [...due]) work();
  };
  const passMinute = () => {
    for (const work of [...forgetting]) work();
  };
  const statuses = () => outbox.getSnapshot().map(({ body, status }) => `${body} ${status}`);
  return { outbox, tried, inputs, server, passTime, passMinute, statuses, store };
}

test("a page that ends before it gets the lock stores its messages all the same", async () => {
  const store = createMemoryStore();
  const { outbox } = start(store, { lock: () => new Promise(() => {}) });
  outbox.send("c", "one");
  expect(await store.read()).toBeNull();
  await outbox.saveNow();
  const next = start(store);
  await expect.poll(() => next.tried.map(({ body }) => body)).toContain("one");
});

test("messages show at once, and go one after the other", async () => {
  const { outbox, tried, statuses } = start();
  outbox.send("c", "one");
  outbox.send("c", "two");
  expect(statuses()).toEqual(["one pending", "two pending"]);
  await expect.poll(statuses).toEqual(["one sent", "two sent"]);
  expect(tried.map(({ body }) => body)).toEqual(["one", "two"]);
});

test("while the server is away the first message is repeated with its id, and the others wait", async () => {
  const { outbox, tried, server, passTime, statuses } = start();
  server.isAway = true;
  outbox.send("c", "one");
  outbox.send("c", "two");
  for (const count of [1, 2, 3]) {
    await expect.poll(() => tried.length).toBe(count);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (count === 3) server.isAway = false;
    passTime();
  }
  await expect.poll(statuses).toEqual(["one sent", "two sent"]);
  expect(tried.map(({ body }) => body)).toEqual(["one", "one", "one", "one", "two"]);
  expect(new Set(tried.map(({ clientMessageId }) => clientMessageId)).size).toBe(2);
});

test("a refused message fails with its reason, holds up nobody, and can be sent again", async () => {
  const { outbox, statuses, tried } = start();
  const id = outbox.send("c", "bad");
  outbox.send("c", "good");
  await expect.poll(statuses).toEqual(["bad failed", "good sent"]);
  expect(outbox.getSnapshot()[0]).toMatchObject({
    reason: "too bad",
    code: "BAD_USER_INPUT",
  });
  outbox.retry(id);
  await expect.poll(() => tried.length).toBe(3);
  outbox.discard(id);
  expect(statuses()).toEqual(["good sent"]);
});

test("files are sent with their message, in their order", async () => {
  const { outbox, statuses, inputs } = start();
  const file = { contentType: "text/plain", fileName: "a.txt", bytes: 1, durationMs: null };
  const files = ["two", "one"].map((id) => ({ ...file, id }));
  outbox.send("c", "", null, null, undefined, files);
  outbox.send("c", "none");
  await expect.poll(statuses).toEqual([" sent", "none sent"]);
  expect(inputs.map(({ attachmentIds }) => attachmentIds)).toEqual([["two", "one"], undefined]);
});

test("after a reload the messages are sent in their order, under their ids, and only for their sender", async () => {
  const store = createMemoryStore();
  const before = start(store);
  before.server.isAway = true;
  const ids = ["one", "two"].map((body) => before.outbox.send("c", body));
  await expect.poll(async () => JSON.parse((await store.read()) ?? "[]").length).toBe(2);
  before.outbox.close();

  const other = start(store);
  other.server.viewerId = "other";
  await new Promise((resolve) => setTimeout(resolve, 10));
  other.outbox.close();

  const after = start(store);
  await expect.poll(after.statuses).toEqual(["one sent", "two sent"]);
  expect(after.tried.map(({ clientMessageId }) => clientMessageId)).toEqual(ids);
  after.passMinute();
  await expect.poll(() => store.read()).toBeNull();
});

/** The outboxes of two tabs with one store, and what reaches their server. */
function startTabs() {
  const texts = new Map<string, string>();
  const storage = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
  };
  const store = createWebStore(storage, `outbox ${newId()}`);
  const lock = createLocalLock();
  return [start(store, { lock }), start(store, { lock })] as const;
}

test("what one tab sends shows in the other, and is sent once", async () => {
  const [one, two] = startTabs();
  const bodies = Array.from({ length: 10 }, (_, at) => `${at}`);
  for (const [at, body] of bodies.entries()) (at % 2 ? one : two).outbox.send("c", body);
  const all = bodies.map((body) => `${body} sent`).sort();
  await expect.poll(() => one.statuses().sort()).toEqual(all);
  await expect.poll(() => two.statuses().sort()).toEqual(all);
  expect([...one.tried, ...two.tried].map(({ body }) => body).sort()).toEqual(bodies);
});

test("a message that has arrived in one tab stays in the other, whose line may still be cut", async () => {
  const [one, two] = startTabs();
  const id = one.outbox.send("c", "a");
  await expect.poll(two.statuses).toEqual(["a sent"]);
  one.outbox.arrived(id);
  one.outbox.send("c", "b");
  await expect.poll(two.statuses).toEqual(["a sent", "b sent"]);
});

test("a message whose event comes before its answer counts as sent", async () => {
  const { outbox, server, statuses, tried } = start();
  server.isAway = true;
  const id = outbox.send("c", "a");
  await expect.poll(() => tried.length).toBe(1);
  outbox.arrived(id);
  expect(statuses()).toEqual(["a sent"]);
});

test("a tab that is closed leaves its messages to the other, in their order", async () => {
  const [one, two] = startTabs();
  one.server.isAway = true;
  two.server.isAway = true;
  for (const body of ["one", "two", "three"]) one.outbox.send("c", body);
  await expect.poll(two.statuses).toEqual(["one pending", "two pending", "three pending"]);
  one.outbox.close();
  two.server.isAway = false;
  two.outbox.wake();
  await expect.poll(two.statuses).toEqual(["one sent", "two sent", "three sent"]);
  const sent = [...new Set(two.tried.map(({ body }) => body))];
  expect(sent).toEqual(["one", "two", "three"]);
});

test("a person who signs out leaves no message behind", async () => {
  const [one, two] = startTabs();
  one.server.isAway = true;
  two.server.isAway = true;
  one.outbox.send("c", "secret");
  await expect.poll(two.statuses).toEqual(["secret pending"]);
  one.outbox.forget("me");
  expect(one.statuses()).toEqual([]);
  await expect.poll(two.statuses).toEqual([]);
  await expect.poll(() => one.store.read()).toBeNull();
});
