// A replica of messaging with shared streams is killed (-9) and restarts at its address: clients
// notice only a delay.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { insertKnownPeople, tokenHolders } from "../../kit/stories.ts";
import { upTo } from "../messaging/harness.ts";
import { askUntilAnswered, type Deployment, openReplicas } from "../messaging/replicas.ts";
import { type SharingRouter, seqsOf, startSharingRouter, watchAt } from "./sharing-router.ts";

let deployment: Deployment;
let router: SharingRouter;
beforeAll(async () => {
  deployment = await openReplicas(2);
  router = await startSharingRouter(deployment.replicas[0]?.url ?? "");
});
afterAll(async () => {
  await router.stop();
  await deployment.close();
});

test("a killed replica delays shared streams, without errors, gaps or repeats", async () => {
  const [victim, other] = deployment.replicas;
  if (!victim || !other) throw new Error("two replicas are needed");
  const people = await tokenHolders(10);
  const ownerId = newId();
  const known = [ownerId, ...people.map(({ id }) => id)];
  await insertKnownPeople(known, deployment.databaseUrl);
  const input = { title: "Talk", memberIds: people.map(({ id }) => id) };
  const made = await askUntilAnswered([other], ownerId, ["CreateGroupConversation", input]);
  const conversationId = made.data?.createGroupConversation?.conversation?.id ?? "";
  let sent = 0;
  const say = async (count: number) => {
    for (const _ of upTo(count)) {
      sent += 1;
      const input = { conversationId, clientMessageId: `m${sent}`, body: "hello" };
      await askUntilAnswered([other], ownerId, ["SendMessage", input]);
    }
  };
  await say(2);
  const watchers = await Promise.all(
    people.map((person) => watchAt(router, person, { conversationId, after: 0 })),
  );
  for (const watcher of watchers) expect(await seqsOf(watcher, 2)).toEqual([1, 2]);
  for (const _ of upTo(2)) {
    const from = sent;
    await Promise.all([say(20), victim.kill()]);
    await victim.listening();
    await say(5);
    const expected = upTo(sent).slice(from);
    const all = await Promise.all(watchers.map((watcher) => seqsOf(watcher, 25)));
    for (const seqs of all) expect(seqs).toEqual(expected);
  }
  expect(await router.feeds()).toBe(1);
  for (const watcher of watchers) watcher.close();
}, 120_000);
