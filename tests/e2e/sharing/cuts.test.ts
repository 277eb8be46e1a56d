// Failures between a router and a subgraph only delay the clients of shared streams: no errors, no
// gaps, no repeats.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { removeMember } from "../../../subgraphs/messaging/members/actions.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { codeOf } from "../../kit/socket.ts";
import { aTokenHolder, tokenHolders } from "../../kit/stories.ts";
import { upTo } from "../messaging/harness.ts";
import { type Replica, startReplica } from "./replica.ts";
import {
  type SharingRouter,
  seqOf,
  seqsOf,
  startSharingRouter,
  type Watcher,
  watchAt,
} from "./sharing-router.ts";

let writing: Replica;
beforeAll(async () => {
  writing = await startReplica();
});
afterAll(() => writing.stop());

const POLL = { interval: 10, timeout: 20_000 };

/**
 * A group with three watchers at their own router, and control of the connection to the subgraph.
 */
async function aWatchedGroup() {
  const replica = await startReplica();
  const router = await startSharingRouter(replica.url);
  const people = await tokenHolders(3);
  const ada = writing.as((await aTokenHolder()).id);
  const memberIds = people.map(({ id }) => id);
  const made = await createGroupConversation(ada, { title: "Talk", memberIds });
  if (made.kind !== "created") throw new Error("no group was created");
  const { conversationId } = made;
  let sent = 0;
  const say = async (count: number) => {
    for (const _ of upTo(count)) {
      sent += 1;
      const body = `m${sent}`;
      await sendMessage(ada, { conversationId, clientMessageId: body, replyToId: null, body });
    }
  };
  await say(3);
  const watchers = await Promise.all(
    people.map((person, at) => watchAt(router, person, { conversationId, after: at })),
  );
  for (const [at, watcher] of watchers.entries()) {
    expect(await seqsOf(watcher, 3 - at)).toEqual(upTo(3).slice(at));
  }
  await expect.poll(() => router.proxy.connections(), POLL).toBe(2);
  return {
    ...{ replica, router, people, watchers, say },
    head: () => sent,
    remove: (id: string) => removeMember(ada, conversationId, id),
    async close(isStopped = false) {
      for (const watcher of watchers) watcher.close();
      await router.stop();
      if (!isStopped) await replica.stop();
    },
  };
}

/** All watchers receive the messages from `from` to `to`, once and in order. */
async function expectAll(watchers: readonly Watcher[], from: number, to: number): Promise<void> {
  const expected = upTo(to).slice(from);
  for (const watcher of watchers) expect(await seqsOf(watcher, expected.length)).toEqual(expected);
}

const reconnected = ({ proxy }: SharingRouter) =>
  expect.poll(() => proxy.connections(), POLL).toBe(2);

describe("clients do not notice that", () => {
  test.each<readonly [string, number | undefined]>([
    ["their control streams are cut", 0],
    ["the shared stream is cut", 1],
    ["both are cut", undefined],
  ])("%s, with messages before, during and after it", async (_what, which) => {
    const scene = await aWatchedGroup();
    const { router, watchers, say } = scene;
    for (const _ of upTo(3)) {
      const from = scene.head();
      const before = say(5);
      router.proxy.cut(which);
      await before;
      await say(5);
      await reconnected(router);
      await say(5);
      await expectAll(watchers, from, scene.head());
    }
    expect(await router.feeds()).toBe(1);
    await scene.close();
  });

  test("the subgraph is down for a while, with more messages than a ring holds", async () => {
    const scene = await aWatchedGroup();
    const { router, watchers, say } = scene;
    const from = scene.head();
    router.proxy.refuse(true);
    router.proxy.cut();
    await say(200);
    router.proxy.refuse(false);
    await reconnected(router);
    await say(5);
    await expectAll(watchers, from, scene.head());
    await scene.close();
  });

  test("the subgraph stops in order, and another takes over", async () => {
    const scene = await aWatchedGroup();
    const { replica, router, watchers, say } = scene;
    const from = scene.head();
    const other = await startReplica();
    router.proxy.pointTo(other.url);
    await Promise.all([say(20), replica.stop()]);
    await reconnected(router);
    await say(5);
    await expectAll(watchers, from, scene.head());
    await scene.close(true);
    await other.stop();
  });
});

/**
 * How the stream of a member ends whom entry 4 removed. Feed and control stream reopen on separate
 * sockets, in either order: either the feed delivers the entry, the last visible one, or the
 * control stream is refused first.
 */
async function endOf(watcher: Watcher): Promise<string> {
  const first = await watcher.frame();
  if (first.type === "error") return codeOf(first) ?? "no code";
  const seq = seqOf(JSON.stringify(first.payload));
  return `${seq} ${(await watcher.frame()).type}`;
}

test("a member removed during an outage receives nothing later, and others go on", async () => {
  const scene = await aWatchedGroup();
  const { router, watchers, people, say } = scene;
  const [out, ...others] = watchers as [Watcher, Watcher, Watcher];
  router.proxy.refuse(true);
  router.proxy.cut();
  await scene.remove(people[0].id);
  await say(3);
  router.proxy.refuse(false);
  expect(["NOT_FOUND", "4 complete"]).toContain(await endOf(out));
  for (const watcher of others) expect(await seqsOf(watcher, 4)).toEqual([4, 5, 6, 7]);
  await scene.close();
});

test("a stranger is refused while others share", async () => {
  const scene = await aWatchedGroup();
  const stranger = await aTokenHolder();
  const watcher = await watchAt(scene.router, stranger, { conversationId: newId(), after: 0 });
  expect((await watcher.frame()).type).toBe("error");
  watcher.close();
  await scene.close();
});
