// A viewer who is revoked from a shared stream, for any reason, receives the last visible entry and
// nothing later, and the others go on.
import { afterAll, beforeAll, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { aPerson, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { replicaUrl } from "../../kit/subgraph-socket.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aGroup, aMessage, mutate, upTo } from "../messaging/harness.ts";
import {
  type SharingRouter,
  seqsOf,
  startSharingRouter,
  type Watcher,
  watchAt,
} from "./sharing-router.ts";

let router: SharingRouter;
beforeAll(async () => {
  router = await startSharingRouter(replicaUrl("messaging"));
});
afterAll(() => router.stop());

/** A group of Ada's with five watchers of one feed: two for each of two people, one for her. */
async function aWatchedGroup(ada: TokenHolder, bob: TokenHolder, cy: TokenHolder) {
  const conversationId = await aGroup(ada, [bob, cy]);
  await aMessage(ada, conversationId);
  const watch = (person: TokenHolder) => watchAt(router, person, { conversationId, after: 0 });
  const [ofBob, ofOthers] = await Promise.all([
    Promise.all([bob, bob].map(watch)),
    Promise.all([ada, cy, cy].map(watch)),
  ]);
  for (const watcher of [...ofBob, ...ofOthers]) expect(await seqsOf(watcher, 1)).toEqual([1]);
  expect(await router.feeds()).toBe(1);
  return { conversationId, ofBob, ofOthers };
}

const close = (watchers: readonly Watcher[]) => {
  for (const watcher of watchers) watcher.close();
};

/** The error code of a stream's end, or "complete". */
async function endOf(watcher: Watcher): Promise<string> {
  const { type, payload } = await watcher.frame();
  if (type !== "error") return type;
  const [error] = payload as readonly { readonly extensions: { readonly code: string } }[];
  return error?.extensions.code ?? "";
}

test.each(["RemoveMember", "LeaveConversation"])(
  "%s: the entry of the removal is the last, on every socket of the member",
  async (name) => {
    const [ada, bob, cy] = await tokenHolders(3);
    const { conversationId, ofBob, ofOthers } = await aWatchedGroup(ada, bob, cy);
    const sending = upTo(10).map(() => aMessage(ada, conversationId));
    if (name === "RemoveMember") await mutate(name, ada, { conversationId, userId: bob.id });
    else await mutate(name, bob, { conversationId });
    await Promise.all(sending);
    await aMessage(ada, conversationId, "behind his back");
    const all = await Promise.all(ofOthers.map((watcher) => seqsOf(watcher, 12)));
    for (const seqs of all) expect(seqs).toEqual(upTo(13).slice(1));
    const lasts = await Promise.all(
      ofBob.map(async (watcher) => {
        const seqs: number[] = [];
        for (;;) {
          const { type, payload } = await watcher.frame();
          if (type === "complete") return seqs;
          const { data } = payload as {
            data: { conversationEvents: { seq: number; __typename: string } };
          };
          seqs.push(data.conversationEvents.seq);
        }
      }),
    );
    expect(lasts[0]).toEqual(lasts[1]);
    const last = lasts[0]?.at(-1) ?? 0;
    expect(lasts[0]).toEqual(upTo(last).slice(1));
    const probe = `subscription { conversationEvents(conversationId: "${conversationId}",
      after: ${last - 1}) { seq __typename } }`;
    const check = await watchAt(router, cy, { conversationId, query: probe });
    expect(JSON.parse(await check.event()).data.conversationEvents).toEqual({
      seq: last,
      __typename: "MembersChanged",
    });
    close([...ofBob, ...ofOthers, check]);
  },
);

test("a block ends the shared stream of a pair for both with NOT_FOUND", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const open = () => mutate("OpenDirectConversation", ada, { userId: bob.id });
  const conversationId = (await open()).conversation?.id ?? "";
  const watch = (person: TokenHolder) => watchAt(router, person, { conversationId, after: 0 });
  const watchers = await Promise.all([watch(ada), watch(bob), watch(bob)]);
  await aMessage(ada, conversationId);
  for (const watcher of watchers) expect(await seqsOf(watcher, 1)).toEqual([1]);
  await mutate("BlockUser", ada, { userId: bob.id });
  for (const watcher of watchers) expect(await endOf(watcher)).toBe("NOT_FOUND");
  const after = await watch(bob);
  expect(await endOf(after)).toBe("NOT_FOUND");
  await mutate("UnblockUser", ada, { userId: bob.id });
  await expect
    .poll(
      () =>
        open().then(
          () => "open",
          () => "refused",
        ),
      { timeout: 10_000 },
    )
    .toBe("open");
  const again = await Promise.all([watch(ada), watch(bob)]);
  await aMessage(bob, conversationId);
  for (const watcher of again) expect(await seqsOf(watcher, 2)).toEqual([1, 2]);
  close([...watchers, after, ...again]);
});

test("a client that signs out receives nothing more, and its socket is closed", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const [cy] = await tokenHolders(1);
  const { conversationId, ofBob, ofOthers } = await aWatchedGroup(ada, bob, cy);
  await dataOf(operation("SignOut"), {}, { as: bob.token });
  for (const watcher of ofBob) {
    expect(await endOf(watcher)).toBe("UNAUTHENTICATED");
    expect((await watcher.socket.closed).code).toBe(4403);
  }
  await aMessage(ada, conversationId, "behind his back");
  for (const watcher of ofOthers) expect(await seqsOf(watcher, 1)).toEqual([2]);
  close(ofOthers);
});

test("a client whose token expires gets a code, and others with longer ones go on", async () => {
  const [ada, bob, cy] = await tokenHolders(3);
  const brief = { ...bob, token: await accessToken({ userId: bob.id, lifeSeconds: 8 }) };
  const { conversationId, ofBob, ofOthers } = await aWatchedGroup(ada, brief, cy);
  for (const watcher of ofBob) expect(await endOf(watcher)).toBe("UNAUTHENTICATED");
  await aMessage(ada, conversationId, "behind his back");
  for (const watcher of ofOthers) expect(await seqsOf(watcher, 1)).toEqual([2]);
  close(ofOthers);
});
