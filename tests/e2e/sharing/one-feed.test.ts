// Many clients that watch the same are one stream: opened, executed and completed once for all of
// one router, and closed with the last of them.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { traceparentOf } from "../../../kit/trace.ts";
import { stack } from "../../kit/stack.ts";
import { aPerson, type Person, strangers } from "../../kit/stories.ts";
import { replicaUrl } from "../../kit/subgraph-socket.ts";
import { aGroup, said, upTo } from "../messaging/harness.ts";
import {
  SEQ,
  type SharingRouter,
  seqOf,
  seqsOf,
  startSharingRouter,
  watchAt,
} from "./sharing-router.ts";

const CLIENTS = 200;
const PEOPLE = 25;
const BEFORE = 8;
const EVENTS = 12;
const POLL = { interval: 20, timeout: 10_000 };

let routers: SharingRouter[];
let ada: Person;
beforeAll(async () => {
  const env = { RATE_LIMITS: "off" };
  routers = await Promise.all(
    [0, 1].map((at) => startSharingRouter(replicaUrl("messaging", at), env)),
  );
  ada = await aPerson("Ada");
});
afterAll(() => Promise.all(routers.map((router) => router.stop())));

const routerOf = (at: number) => routers[at % 2] as SharingRouter;

/** The same in words of their own. */
function documentOf(at: number): string {
  const spaces = " ".repeat((at % 7) + 1);
  const selection = "seq prevSeq ... on MessageSent { message { body sender { displayName } } }";
  return at % 3 === 0
    ? `subscription Watch${at}($conversationId: ID!,${spaces}$after: Int) { # ${at}
        conversationEvents(after: $after, conversationId: $conversationId) {${spaces}${selection} } }`
    : `subscription Of${at}($conversationId: ID!, $after: Int) {
        conversationEvents(${spaces}conversationId: $conversationId after: $after){${selection}}${spaces}}`;
}

/** How often users was asked to complete something in the name of one of these traces. */
async function completions(traceIds: ReadonlySet<string>): Promise<number> {
  const log = await readFile(join(stack().dataDir, "logs", "users.log"), "utf8");
  const lines = log.split("\n").filter((line) => line.includes('"_entities"'));
  return lines.filter((line) => traceIds.has(JSON.parse(line).traceId)).length;
}

test(`${CLIENTS} clients at two routers are one stream each, and an event is completed once for all`, async () => {
  const people = await strangers(PEOPLE);
  const group = await aGroup(ada, people);
  for (const at of upTo(BEFORE)) await said(ada, group, `m${at}`);
  const traceIds = new Set<string>();
  const watchers = await Promise.all(
    upTo(CLIENTS).map(async (at) => {
      const traceId = randomUUID().replaceAll("-", "");
      traceIds.add(traceId);
      const after = at % (BEFORE + 1);
      const wish = {
        conversationId: group,
        after,
        query: documentOf(Math.floor(at / 2)),
        variables: { nothing: at },
        extensions: { traceparent: traceparentOf(traceId) },
      };
      const person = people[at % PEOPLE] ?? ada;
      return { after, watcher: await watchAt(routerOf(at), person, wish) };
    }),
  );
  await Promise.all(
    watchers.map(async ({ after, watcher }) => {
      const expected = upTo(BEFORE).slice(after);
      expect(await seqsOf(watcher, expected.length)).toEqual(expected);
    }),
  );
  for (const router of routers) await expect.poll(() => router.feeds(), POLL).toBe(1);
  const before = await completions(traceIds);
  const last = BEFORE + EVENTS;
  for (let seq = BEFORE + 1; seq <= last; seq += 1) {
    await said(ada, group, `m${seq}`, seq % 2);
    const told = new Set(await Promise.all(watchers.map(({ watcher }) => watcher.event())));
    expect([...told].map((event) => JSON.parse(event))).toEqual([
      {
        data: {
          conversationEvents: {
            seq,
            prevSeq: seq - 1,
            message: { body: `m${seq}`, sender: { displayName: "Ada" } },
          },
        },
      },
    ]);
  }
  await expect.poll(() => completions(traceIds), POLL).toBe(before + EVENTS * routers.length);
  for (const router of routers) expect(await router.feeds()).toBe(1);
  for (const { watcher } of watchers) watcher.close();
  for (const router of routers) await expect.poll(() => router.feeds(), POLL).toBe(0);
}, 120_000);

describe("a shared stream is closed with its last client", () => {
  test("when nothing happens, by cancelling as by leaving, and is opened again for the next", async () => {
    const [router] = routers as [SharingRouter];
    const [bob, cy] = await strangers(2);
    const conversationId = await aGroup(ada, [bob, cy]);
    for (const round of [1, 2]) {
      const [one, other] = [
        await watchAt(router, bob, { conversationId, after: 0 }),
        await watchAt(router, cy, { conversationId, after: 0 }),
      ];
      await expect.poll(() => router.feeds(), POLL).toBe(1);
      await said(ada, conversationId);
      expect(await seqsOf(one, round)).toEqual(upTo(round));
      one.socket.complete(one.id);
      await said(ada, conversationId);
      expect(await seqsOf(other, round)).toEqual(upTo(round));
      expect(await router.feeds()).toBe(1);
      other.close();
      await expect.poll(() => router.feeds(), POLL).toBe(0);
      one.close();
    }
  });

  test("while events flow", async () => {
    const [router] = routers as [SharingRouter];
    const [bob] = await strangers(1);
    const conversationId = await aGroup(ada, [bob]);
    const watcher = await watchAt(router, bob, { conversationId, after: 0, query: SEQ });
    const sending = Promise.all(upTo(60).map(() => said(ada, conversationId)));
    expect(seqOf(await watcher.event())).toBe(1);
    watcher.close();
    await expect.poll(() => router.feeds(), POLL).toBe(0);
    await sending;
  });
});
