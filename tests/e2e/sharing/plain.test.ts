// A router without control streams and feeds sends no `extensions.live`, and gets ordinary streams:
// replay, live events and revocation on one. The identity of connection_init is enough.
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { ANONYMOUS } from "../../../kit/trust/identity.ts";
import { codeOf } from "../../kit/socket.ts";
import { aPerson, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { asViewer, connectToSubgraph, payloadOf, replicaUrl } from "../../kit/subgraph-socket.ts";
import { aGroup, aMessage, mutate, upTo } from "../messaging/harness.ts";
import { SEQ } from "./sharing-router.ts";

const event = (seq: number) => ({
  data: { conversationEvents: { seq, prevSeq: seq - 1 } },
});

describe.each([
  { replica: 0, whose: "operation" },
  { replica: 1, whose: "operation" },
  { replica: 0, whose: "socket" },
])("at replica $replica, an ordinary stream of the viewer of its $whose", ({ replica, whose }) => {
  let ada: TokenHolder;
  let bob: TokenHolder;
  let group: string;
  beforeEach(async () => {
    [ada, bob] = await tokenHolders(2);
    group = await aGroup(ada, [bob]);
    for (const _ of upTo(3)) await aMessage(ada, group);
  });

  async function watch(after: number | null, more: { readonly expiresAt?: number } = {}) {
    const viewer = asViewer(bob.id, more);
    const url = replicaUrl("messaging", replica);
    const socket = await connectToSubgraph(url, whose === "socket" ? viewer : ANONYMOUS);
    onTestFinished(() => socket.close());
    const id = await socket.subscribe({
      query: SEQ,
      variables: { conversationId: group, after },
      ...(whose === "operation" && { identity: viewer }),
    });
    return { event: () => payloadOf(socket, id), frame: () => socket.next(id) };
  }

  test("replays the entries after a position, and goes on with live ones of both replicas", async () => {
    const stream = await watch(1);
    for (const seq of [2, 3]) expect(await stream.event()).toEqual(event(seq));
    await aMessage(ada, group, "m4", 0);
    await aMessage(ada, group, "m5", 1);
    for (const seq of [4, 5]) expect(await stream.event()).toEqual(event(seq));
  });

  test("of a removed member has the entry of the removal, and then completes", async () => {
    const stream = await watch(2);
    expect(await stream.event()).toEqual(event(3));
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await aMessage(ada, group, "behind his back");
    expect(await stream.event()).toEqual(event(4));
    expect((await stream.frame()).type).toBe("complete");
    expect(codeOf(await (await watch(3)).frame())).toBe("NOT_FOUND");
  });

  test("ends with the session of its viewer", async () => {
    const stream = await watch(2, { expiresAt: Date.now() + 4_000 });
    expect(await stream.event()).toEqual(event(3));
    expect(codeOf(await stream.frame())).toBe("UNAUTHENTICATED");
  });

  test("of a blocked pair ends with NOT_FOUND", async () => {
    const [one, other] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
    const { conversation } = await mutate("OpenDirectConversation", one, { userId: other.id });
    [bob, group] = [other, conversation?.id ?? ""];
    const stream = await watch(0);
    await aMessage(one, group);
    expect(await stream.event()).toEqual(event(1));
    await mutate("BlockUser", one, { userId: other.id });
    expect(codeOf(await stream.frame())).toBe("NOT_FOUND");
  });
});
