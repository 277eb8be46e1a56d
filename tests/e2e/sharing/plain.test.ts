// A router that knows nothing of control streams and feeds, and so sends no `extensions.live`, gets
// ordinary streams of what others share: replay, live events and revocation on one.
import { beforeEach, describe, expect, test } from "vitest";
import { codeOf } from "../../kit/socket.ts";
import { aPerson, type Stranger, strangers } from "../../kit/stories.ts";
import {
  asViewer,
  connectToSubgraph,
  payloadOf,
  replicaUrl,
  type SubgraphSocket,
} from "../../kit/subgraph-socket.ts";
import { aGroup, change, said, upTo } from "../messaging/harness.ts";
import { SEQ } from "./sharing-router.ts";

const event = (seq: number) => ({
  data: { conversationEvents: { seq, prevSeq: seq - 1 } },
});

describe.each([0, 1])("at replica %i, an ordinary stream", (replica) => {
  let socket: SubgraphSocket;
  let ada: Stranger;
  let bob: Stranger;
  let group: string;
  beforeEach(async () => {
    socket = await connectToSubgraph(replicaUrl("messaging", replica));
    [ada, bob] = await strangers(2);
    group = await aGroup(ada, [bob]);
    for (const _ of upTo(3)) await said(ada, group);
    return () => socket.close();
  });

  const watch = (after: number | null, more: { readonly expiresAt?: number } = {}) =>
    socket.subscribe({
      query: SEQ,
      variables: { conversationId: group, after },
      identity: asViewer(bob.id, more),
    });

  test("replays what lies behind a position, and goes on with what comes, from either replica", async () => {
    const id = await watch(1);
    for (const seq of [2, 3]) expect(await payloadOf(socket, id)).toEqual(event(seq));
    await said(ada, group, "m4", 0);
    await said(ada, group, "m5", 1);
    for (const seq of [4, 5]) expect(await payloadOf(socket, id)).toEqual(event(seq));
  });

  test("of who is put out has the entry that says so, and is complete behind it", async () => {
    const id = await watch(2);
    expect(await payloadOf(socket, id)).toEqual(event(3));
    await change("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await said(ada, group, "behind his back");
    expect(await payloadOf(socket, id)).toEqual(event(4));
    expect((await socket.next(id)).type).toBe("complete");
    expect(codeOf(await socket.next(await watch(3)))).toBe("NOT_FOUND");
  });

  test("ends with the session of its viewer", async () => {
    const id = await watch(2, { expiresAt: Date.now() + 1_000 });
    expect(await payloadOf(socket, id)).toEqual(event(3));
    expect(codeOf(await socket.next(id))).toBe("UNAUTHENTICATED");
  });

  test("of a blocked pair ends as if there had never been anything", async () => {
    const [one, other] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
    const { conversation } = await change("OpenDirectConversation", one, { userId: other.id });
    [bob, group] = [other, conversation?.id ?? ""];
    const id = await watch(0);
    await said(one, group);
    expect(await payloadOf(socket, id)).toEqual(event(1));
    await change("BlockUser", one, { userId: other.id });
    expect(codeOf(await socket.next(id))).toBe("NOT_FOUND");
  });
});
