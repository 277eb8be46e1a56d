// Many clients of one subscription share one feed at a router: opened, executed and completed once,
// and closed with the last client.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aPerson, type Person, tokenHolders } from "../../kit/stories.ts";
import { replicaUrl } from "../../kit/subgraph-socket.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { expectOneStream } from "./expect-one-stream.ts";
import {
  SEQ,
  type SharingRouter,
  seqOf,
  seqsOf,
  startSharingRouter,
  watchAt,
} from "./sharing-router.ts";

const POLL = { interval: 20, timeout: 20_000 };

let routers: [SharingRouter, SharingRouter];
let ada: Person;
beforeAll(async () => {
  const at = (replica: number) =>
    startSharingRouter(replicaUrl("messaging", replica), {
      RATE_LIMITS: "off",
      // The test finds its requests by the traces that it sends.
      TRUSTED_PROXIES: "loopback",
    });
  routers = await Promise.all([at(0), at(1)]);
  ada = await aPerson("Ada");
});
afterAll(() => Promise.all(routers.map((router) => router.stop())));

test("200 clients at two routers share one feed each, and each event is completed once a router", async () => {
  await expectOneStream(routers, 200);
}, 120_000);

describe("a shared stream is closed with its last client", () => {
  test("while it is idle, by a cancel or a disconnect, and opens again for the next client", async () => {
    const [router] = routers;
    const [bob, cy] = await tokenHolders(2);
    const conversationId = await aGroup(ada, [bob, cy]);
    for (const round of [1, 2]) {
      const [one, other] = [
        await watchAt(router, bob, { conversationId, after: 0 }),
        await watchAt(router, cy, { conversationId, after: 0 }),
      ];
      await expect.poll(() => router.feeds(), POLL).toBe(1);
      await aMessage(ada, conversationId);
      expect(await seqsOf(one, round)).toEqual(upTo(round));
      one.socket.complete(one.id);
      await aMessage(ada, conversationId);
      expect(await seqsOf(other, round)).toEqual(upTo(round));
      expect(await router.feeds()).toBe(1);
      other.close();
      await expect.poll(() => router.feeds(), POLL).toBe(0);
      one.close();
    }
  });

  test("while events flow", async () => {
    const [router] = routers;
    const [bob] = await tokenHolders(1);
    const conversationId = await aGroup(ada, [bob]);
    const watcher = await watchAt(router, bob, { conversationId, after: 0, query: SEQ });
    const sending = Promise.all(upTo(60).map(() => aMessage(ada, conversationId)));
    expect(seqOf(await watcher.event())).toBe(1);
    watcher.close();
    await expect.poll(() => router.feeds(), POLL).toBe(0);
    await sending;
  });
});
