// The client's streams against the real stack: each event once and in order, through cut and silent
// lines, restarted routers and ended tokens, in two tabs.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Client, ConversationEvent, InboxEvent } from "../../../clients/sdk/index.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { type Line, OWN, QUICK, startClient, startLine } from "./harness.ts";

/** Watches a conversation from its beginning. A fault of the stream is in `ends`. */
function watch(client: Client, conversationId: string) {
  const events: ConversationEvent[] = [];
  const ends: unknown[] = [];
  const close = client.streams.conversationEvents(
    conversationId,
    {
      next: (event) => events.push(event),
      resync: () => ends.push("resync"),
      error: (error) => ends.push(error),
      complete: () => ends.push("complete"),
    },
    0,
  );
  return { events, ends, close, seqs: () => events.map(({ seq }) => seq) };
}

type Watch = ReturnType<typeof watch>;

/** Waits for events 1 to `last`, each once and in order. */
async function expectAll({ seqs, ends }: Watch, last: number): Promise<void> {
  await expect.poll(() => seqs().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(last);
  expect(seqs()).toEqual(upTo(last));
  expect(ends).toEqual([]);
}

async function aPair(): Promise<readonly [Person, Person, string]> {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  return [ada, bob, await aGroup(ada, [bob])];
}

test("a socket opens for the first stream and closes when none is open", async () => {
  const [, bob, group] = await aPair();
  const line = await startLine();
  const client = startClient(line, bob, { idleMs: 50 });
  expect(client.connection.getSnapshot()).toBe("idle");
  const [one, two] = [watch(client, group), watch(client, group)];
  await expect.poll(() => client.connection.getSnapshot()).toBe("open");
  expect(line.proxy.arrivals()).toBe(1);
  one.close();
  two.close();
  await expect.poll(() => client.connection.getSnapshot()).toBe("idle");
  await expect.poll(() => line.proxy.connections()).toBe(0);
});

test("a line that falls silent while the socket opens is given up", async () => {
  const [ada, bob, group] = await aPair();
  const line = await startLine();
  line.proxy.hold(true);
  const client = startClient(line, bob, { connectMs: 300 });
  const seen = watch(client, group);
  await expect.poll(() => client.connection.getSnapshot(), { timeout: 10_000 }).toBe("waiting");
  line.proxy.hold(false);
  await aMessage(ada, group);
  await expectAll(seen, 1);
});

test("waking replaces a line that has fallen silent", async () => {
  const [ada, bob, group] = await aPair();
  const line = await startLine();
  const client = startClient(line, bob, { pingMs: 600_000 });
  const seen = watch(client, group);
  await aMessage(ada, group);
  await expectAll(seen, 1);
  line.proxy.silence();
  await aMessage(ada, group);
  client.wake();
  await expectAll(seen, 2);
});

const STEPS = ["say", "say", "say", "cut", "silence", "restart", "offline"] as const;

async function act(step: (typeof STEPS)[number], line: Line, say: () => Promise<void>) {
  switch (step) {
    case "say":
      return say();
    case "cut":
      return line.proxy.cut();
    case "silence":
      return line.proxy.silence();
    case "restart":
      return line.restartRouter();
    case "offline":
      line.proxy.refuse(true);
      line.proxy.cut();
      await say();
      return line.proxy.refuse(false);
  }
}

test("two tabs receive each event once and in order, whatever happens to the line", async () => {
  const [ada, bob, group] = await aPair();
  const line = await startLine(OWN);
  const tabs = [ada, bob].map((person) => startClient(line, person, QUICK));
  const watches = tabs.map((client) => watch(client, group));
  let last = 0;
  const say = async () => {
    await aMessage(ada, group);
    last += 1;
  };
  const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 3, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(steps, async (some) => {
      for (const step of some) await act(step, line, say);
      await say();
      for (const each of watches) await expectAll(each, last);
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 240_000);

test("a token that ends in the middle costs no event and no visible pause", async () => {
  const [ada, bob, group] = await aPair();
  const line = await startLine();
  let refreshes = 0;
  const client = startClient(line, bob, {
    // Tokens that live for two seconds.
    async fetch(_url, init) {
      const response = await fetch(line.router.url, init);
      const text = await response.text();
      const { data } = JSON.parse(text);
      if (!data?.refreshSession) return new Response(text);
      refreshes += 1;
      data.refreshSession.accessToken = await accessToken({ userId: bob.id, lifeSeconds: 2 });
      return new Response(JSON.stringify({ data }));
    },
    clock: stoppedClock(),
  });
  const seen = watch(client, group);
  for (const _ of upTo(20)) {
    await aMessage(ada, group);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await expectAll(seen, 20);
  expect(refreshes).toBeGreaterThan(1);
});

/** A clock that does not move, so that the client never knows that a token is about to end. */
function stoppedClock() {
  return {
    now: () => 0,
    after(ms: number, work: () => void) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** Whether the seqs of each stream follow each other. */
function holesIn(events: readonly InboxEvent[]): string[] {
  const last = new Map<string, number>();
  return events.flatMap(({ __typename, streamId, seq, prevSeq }) => {
    if (__typename === "InboxOpened") return [];
    const known = last.get(streamId);
    last.set(streamId, seq);
    return known === undefined || known === prevSeq
      ? []
      : [`${streamId}: ${prevSeq} after ${known}`];
  });
}

test("the inbox goes on through cuts, with conversations that come while the line is down", async () => {
  const [ada, bob, group] = await aPair();
  const line = await startLine();
  const client = startClient(line, bob, QUICK);
  const events: InboxEvent[] = [];
  const ends: unknown[] = [];
  client.streams.inboxEvents({
    next: (event) => events.push(event),
    resync: () => ends.push("resync"),
    error: (error) => ends.push(error),
  });
  await expect.poll(() => events.length, { timeout: 10_000 }).toBe(1);
  let last = 0;
  for (const at of upTo(6)) {
    const isDown = at % 2 === 0;
    line.proxy.refuse(isDown);
    if (isDown) line.proxy.cut();
    else line.proxy.silence();
    await aMessage(ada, group);
    last += 1;
    const another = await aGroup(ada, [bob], `Group ${at}`);
    await aMessage(ada, another);
    line.proxy.refuse(false);
    const bodies = () => events.filter(({ __typename }) => __typename === "MessageSent").length;
    await expect.poll(bodies, { timeout: 20_000 }).toBe(last * 2);
  }
  expect(holesIn(events)).toEqual([]);
  expect(ends).toEqual([]);
});

test("a stream of a stranger, and one without a session, end with the reason", async () => {
  const [ada, bob, group] = await aPair();
  const line = await startLine();
  const stranger = watch(startClient(line, await aPerson()), group);
  await expect.poll(() => stranger.ends).toMatchObject([{ code: "NOT_FOUND" }]);
  const client = startClient(line, bob);
  const seen = watch(client, group);
  await aMessage(ada, group);
  await expect.poll(() => seen.events.length).toBe(1);
  await client.session.signOut();
  await expect
    .poll(() => seen.ends, { timeout: 10_000 })
    .toMatchObject([{ code: "UNAUTHENTICATED" }]);
});
