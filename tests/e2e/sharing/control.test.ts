// Control streams, frame by frame, at the subgraphs' own ports: authorization, replay in pages,
// silence, and the end of a removed member's.
import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { codeOf } from "../../kit/socket.ts";
import { aPerson, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import {
  asViewer,
  connectToSubgraph,
  payloadOf,
  replicaUrl,
  type SubgraphSocket,
} from "../../kit/subgraph-socket.ts";
import { aGroup, aMessage, mutate, upTo, WATCH } from "../messaging/harness.ts";

const CONTROL = { mode: "control" };
const SEQ = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) { seq } }`;

let ada: TokenHolder;
let bob: TokenHolder;
let group: string;
beforeEach(async () => {
  [ada, bob] = await tokenHolders(2);
  group = await aGroup(ada, [bob]);
});

/** Opens a control stream of the group. */
async function control(
  socket: SubgraphSocket,
  person: TokenHolder,
  after?: number | null,
  more: { readonly window?: number; readonly expiresAt?: number; readonly query?: string } = {},
) {
  return socket.subscribe({
    query: more.query ?? SEQ,
    variables: { conversationId: group, after },
    identity: asViewer(person.id, more.expiresAt ? { expiresAt: more.expiresAt } : {}),
    live: CONTROL,
    ...(more.window !== undefined && { window: more.window }),
  });
}

const mark = (position: number, more: boolean) => ({
  data: null,
  extensions: { live: { position, shareKey: `conversation:${group}`, more } },
});

/** The first checkpoint of a viewer who was authorized when the head was at `head`. */
const first = (position: number, head = position) => ({
  data: null,
  extensions: { live: { position, head, shareKey: `conversation:${group}`, more: true } },
});

const event = (seq: number) => ({
  data: { conversationEvents: { seq } },
  extensions: { live: { position: seq, previous: seq - 1 } },
});

const last = (position: number) => ({ data: null, extensions: { live: { position, last: true } } });

describe.each([0, 1])("at replica %i, the control stream of a member", (replica) => {
  let socket: SubgraphSocket;
  beforeEach(async () => {
    socket = await connectToSubgraph(replicaUrl("messaging", replica));
    return () => socket.close();
  });

  test("sends the position and the share key, and then nothing while others send", async () => {
    await aMessage(ada, group);
    const ids = [await control(socket, bob), await control(socket, bob, 1)];
    for (const id of ids) {
      expect(await payloadOf(socket, id)).toEqual(first(1));
      expect(await payloadOf(socket, id)).toEqual(mark(1, false));
    }
    await aMessage(ada, group);
    const probe = await control(socket, bob, 1);
    for (const expected of [first(1, 2), event(2), mark(2, false)]) {
      expect(await payloadOf(socket, probe)).toEqual(expected);
    }
    // After the silence comes only the end.
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    for (const id of [...ids, probe]) expect(await payloadOf(socket, id)).toEqual(last(3));
  });

  test("replays the entries after the position in pages, with a checkpoint before and after each", async () => {
    for (const _ of upTo(120)) await aMessage(ada, group);
    const id = await control(socket, bob, 10);
    const frames: object[] = [first(10, 120)];
    for (const seq of upTo(110).map((at) => at + 10)) {
      frames.push(event(seq));
      if (seq === 60 || seq === 110) frames.push(mark(seq, true));
    }
    for (const expected of [...frames, mark(120, false)]) {
      expect(await payloadOf(socket, id)).toEqual(expected);
    }
  });

  test("sends nothing after the first checkpoint until it is consumed, and then also newer entries", async () => {
    const id = await control(socket, bob, null, { window: 8 });
    expect(await payloadOf(socket, id)).toEqual(first(0));
    await aMessage(ada, group);
    const free = await control(socket, bob, 0);
    for (const expected of [first(0, 1), event(1), mark(1, false)]) {
      expect(await payloadOf(socket, free)).toEqual(expected);
    }
    await expect(socket.next(id, 1)).rejects.toThrow("no frame");
    socket.taken(id, 1);
    for (const expected of [event(1), mark(1, false)]) {
      expect(await payloadOf(socket, id)).toEqual(expected);
    }
  });

  test("sends no more than the window until it is consumed", async () => {
    for (const _ of upTo(9)) await aMessage(ada, group);
    const id = await control(socket, bob, 0, { window: 4 });
    expect(await payloadOf(socket, id)).toEqual(first(0, 9));
    await expect(socket.next(id, 1)).rejects.toThrow("no frame");
    socket.taken(id, 1);
    for (const seq of upTo(4)) expect(await payloadOf(socket, id)).toEqual(event(seq));
    // A stream that is not held back overtakes it.
    const free = await control(socket, bob, 8);
    for (const expected of [first(8, 9), event(9)]) {
      expect(await payloadOf(socket, free)).toEqual(expected);
    }
    await expect(socket.next(id, 1)).rejects.toThrow("no frame");
    socket.taken(id, 4);
    for (const seq of upTo(4).map((at) => at + 4)) {
      expect(await payloadOf(socket, id)).toEqual(event(seq));
    }
  });

  test("replays nothing if the member gets the entries from the feed", async () => {
    for (const _ of upTo(3)) await aMessage(ada, group);
    const id = await control(socket, bob, 1, { window: 8 });
    expect(await payloadOf(socket, id)).toEqual(first(1, 3));
    await aMessage(ada, group);
    socket.joined(id);
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    expect(await payloadOf(socket, id)).toEqual(last(5));
    expect((await socket.next(id)).type).toBe("complete");
  });

  test("ends if the member is removed between the authorization and the first checkpoint", async () => {
    await aMessage(ada, group);
    const id = await control(socket, bob, 0, { window: 8 });
    expect(await payloadOf(socket, id)).toEqual(first(0, 1));
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await aMessage(ada, group, "after his removal");
    socket.joined(id);
    expect(await payloadOf(socket, id)).toEqual(last(2));
  });

  test("names the last visible entry if the member is removed, and ends", async () => {
    const silent = await control(socket, bob);
    for (const expected of [first(0), mark(0, false)]) {
      expect(await payloadOf(socket, silent)).toEqual(expected);
    }
    await aMessage(ada, group, "before");
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await aMessage(ada, group, "after his removal");
    expect(await payloadOf(socket, silent)).toEqual(last(2));
    expect((await socket.next(silent)).type).toBe("complete");
    expect(codeOf(await socket.next(await control(socket, bob, 0)))).toBe("NOT_FOUND");
  });

  test.each([0, 1])(
    "never says that the replay is complete if the member is removed %i entries before its end",
    async (more) => {
      await aMessage(ada, group);
      const id = await control(socket, bob, 0, { window: 1 });
      expect(await payloadOf(socket, id)).toEqual(first(0, 1));
      await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
      for (const _ of upTo(more)) await aMessage(ada, group, "after his removal");
      for (const expected of [event(1), event(2), last(2)]) {
        socket.taken(id, 1);
        expect(await payloadOf(socket, id)).toEqual(expected);
      }
      socket.taken(id, 1);
      expect((await socket.next(id)).type).toBe("complete");
    },
  );

  test("is not revoked by older removals after the member returned", async () => {
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
    const id = await control(socket, bob, 0);
    for (const expected of [first(0, 2), event(1), event(2), mark(2, false)]) {
      expect(await payloadOf(socket, id)).toEqual(expected);
    }
    await mutate("LeaveConversation", bob, { conversationId: group });
    expect(await payloadOf(socket, id)).toEqual(last(3));
  });

  test("ends with a code when the session ends", async () => {
    const id = await control(socket, bob, null, { expiresAt: Date.now() + 300 });
    for (const expected of [first(0), mark(0, false)]) {
      expect(await payloadOf(socket, id)).toEqual(expected);
    }
    expect(codeOf(await socket.next(id))).toBe("UNAUTHENTICATED");
  });

  test("resolves events as the member", async () => {
    await aMessage(ada, group, "hello");
    const id = await control(socket, bob, 0, { query: WATCH });
    await payloadOf(socket, id);
    expect(await payloadOf(socket, id)).toMatchObject({
      data: { conversationEvents: { message: { body: "hello", sender: { id: ada.id } } } },
      extensions: { live: { position: 1, previous: 0 } },
    });
  });
});

test("a block ends the control streams of a direct conversation with NOT_FOUND", async () => {
  const socket = await connectToSubgraph(replicaUrl("messaging"));
  [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
  group = conversation?.id ?? "";
  const ids = [await control(socket, ada), await control(socket, bob)];
  for (const id of ids) {
    for (const expected of [first(0), mark(0, false)]) {
      expect(await payloadOf(socket, id)).toEqual(expected);
    }
  }
  await mutate("BlockUser", ada, { userId: bob.id });
  for (const id of ids) expect(codeOf(await socket.next(id))).toBe("NOT_FOUND");
  socket.close();
});

test("a control stream is refused exactly like an ordinary one", async () => {
  const socket = await connectToSubgraph(replicaUrl("messaging"));
  const [stranger] = await tokenHolders(1);
  const refusal = async (variables: object, personId = stranger.id) => {
    const modes = [CONTROL, undefined].map(async (live) => {
      const identity = asViewer(personId);
      const request = { query: SEQ, variables: { ...variables }, identity, live };
      const { type, payload } = await socket.next(await socket.subscribe(request));
      expect(type).toBe("error");
      return payload;
    });
    const [refused, ordinary] = await Promise.all(modes);
    expect(refused).toEqual(ordinary);
    return codeOf({ type: "error", payload: refused });
  };
  expect(await refusal({ conversationId: group })).toBe("NOT_FOUND");
  expect(await refusal({ conversationId: newId() })).toBe("NOT_FOUND");
  expect(await refusal({ conversationId: group, after: 1 }, bob.id)).toBe("RESYNC_REQUIRED");
  expect(await refusal({ conversationId: group, after: -1 }, bob.id)).toBe("BAD_USER_INPUT");
  socket.close();
});
