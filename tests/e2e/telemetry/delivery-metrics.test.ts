// Guarantees about the metrics of live streams, at a router in this process: each counts what it
// says once, and a replay is no delay.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { seqsOf, watchAt } from "../sharing/sharing-router.ts";
import { scrape, sumOf } from "./scrapes.ts";

const POLL = { timeout: 20_000, interval: 50 };
const SUBSCRIPTION = { subscription: "conversationEvents" };

let router: OwnRouter;
beforeAll(async () => {
  router = await startOwnRouter({ RATE_LIMITS: "off" });
});
afterAll(() => router.stop());

async function values() {
  const scraped = await scrape(router.adminUrl ?? "");
  const of = (name: string, labels = {}) => sumOf(scraped, name, labels);
  return {
    delivered: of("router_delivery_lag_seconds_count", SUBSCRIPTION),
    seconds: of("router_delivery_lag_seconds_sum", SUBSCRIPTION),
    frames: of("router_frames_sent_total"),
    resumes: of("router_resumes_total"),
    sockets: of("router_open_sockets"),
    feeds: of("router_feed_members_count"),
    members: of("router_feed_members_sum"),
    cancelled: of("router_stream_ends_total", { code: "cancelled" }),
    closed: of("router_socket_closings_total", { code: "1006" }),
  };
}

test("a message to three readers of a feed is one delivery, three frames, and no replay counts", async () => {
  const [owner, ...others] = await tokenHolders(4);
  const conversationId = await aGroup(owner, others);
  const watch = (after?: number) =>
    Promise.all(
      others.map((person) => watchAt(router, person, { conversationId, after: after ?? null })),
    );
  const watchers = await watch();
  await expect.poll(async () => (await values()).members, POLL).toBe(3);
  expect(await values()).toMatchObject({
    delivered: 0,
    frames: 0,
    resumes: 0,
    sockets: 3,
    feeds: 1,
  });

  for (const _ of upTo(5)) await aMessage(owner, conversationId);
  const seqs = await Promise.all(watchers.map((watcher) => seqsOf(watcher, 5)));
  expect(seqs).toEqual([upTo(5), upTo(5), upTo(5)]);
  await expect.poll(async () => (await values()).delivered, POLL).toBe(5);
  const { frames, seconds } = await values();
  expect(frames).toBe(15);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(5 * 20);

  for (const watcher of watchers) watcher.close();
  await expect.poll(async () => (await values()).sockets, POLL).toBe(0);
  expect(await values()).toMatchObject({ feeds: 0, members: 0, cancelled: 3, closed: 3 });
  const { samples } = await scrape(router.adminUrl ?? "");
  expect(samples.map(({ name }) => name)).toContain("router_feed_members_bucket");

  const again = await watch(0);
  expect(await Promise.all(again.map((watcher) => seqsOf(watcher, 5)))).toEqual(seqs);
  expect(await values()).toMatchObject({ delivered: 5, frames: 30, resumes: 3, members: 3 });
  for (const watcher of again) watcher.close();
});
