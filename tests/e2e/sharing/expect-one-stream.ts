// Many clients of two routers watch one conversation with differently written documents. Checks the
// events and their cost for any number of clients.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { traceparentOf } from "../../../kit/service/trace.ts";
import { stack } from "../../kit/stack.ts";
import { aPerson, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { type SharingRouter, seqsOf, watchAt } from "./sharing-router.ts";

const BEFORE = 8;
const EVENTS = 12;
const POLL = { interval: 20, timeout: 20_000 };

/** The same operation, written in another way for each number. */
function documentOf(at: number): string {
  const spaces = " ".repeat((at % 7) + 1);
  const selection = "seq prevSeq ... on MessageSent { message { body sender { displayName } } }";
  return at % 3 === 0
    ? `subscription Watch${at}($conversationId: ID!,${spaces}$after: Int) { # ${at}
        conversationEvents(after: $after, conversationId: $conversationId) {${spaces}${selection} } }`
    : `subscription Of${at}($conversationId: ID!, $after: Int) {
        conversationEvents(${spaces}conversationId: $conversationId after: $after){${selection}}${spaces}}`;
}

/** The number of entity fetches of users with one of these traces. */
async function completions(traceIds: ReadonlySet<string>): Promise<number> {
  const log = await readFile(join(stack().dataDir, "logs", "users.log"), "utf8");
  const lines = log.split("\n").filter((line) => line.includes('"_entities"'));
  return lines.filter((line) => traceIds.has(JSON.parse(line).traceId)).length;
}

/** Checks that the clients share one feed at each router, and that an event is completed once. */
export async function expectOneStream(
  routers: readonly [SharingRouter, SharingRouter],
  clients: number,
): Promise<void> {
  const ada = await aPerson("Ada");
  const people = await tokenHolders(Math.ceil(clients / 10));
  const group = await aGroup(ada, people);
  for (const at of upTo(BEFORE)) await aMessage(ada, group, `m${at}`);
  const traceIds = new Set<string>();
  const watchers = await Promise.all(
    upTo(clients).map(async (at) => {
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
      const person = people[at % people.length] ?? ada;
      return { after, watcher: await watchAt(routers[at % 2 === 0 ? 0 : 1], person, wish) };
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
    await aMessage(ada, group, `m${seq}`, seq % 2);
    const received = new Set(await Promise.all(watchers.map(({ watcher }) => watcher.event())));
    expect([...received].map((event) => JSON.parse(event))).toEqual([
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
}
