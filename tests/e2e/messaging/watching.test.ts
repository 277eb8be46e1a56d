// The stream of a conversation: exactly its log, with the current state of messages, for members
// only.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { codeOf, connect } from "../../kit/socket.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, read, take, upTo, WATCH, watch } from "./harness.ts";
import { aCommand, applied, commandRunner, shown } from "./random-commands.ts";

describe("a subscriber", () => {
  test("resumes behind any seq: the rest of the log first, then live, nothing twice", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    for (const seq of upTo(3)) await aMessage(ada, group, `m${seq}`);
    const socket = await connect({ as: bob.token, router: 1 });
    const ids = [0, 1, 2, 3].map((after) => watch(socket, group, after));
    for (const [after, id] of ids.entries()) {
      const events = await take(socket, id, 3 - after);
      expect(events.map(({ seq, prevSeq }) => [seq, prevSeq])).toEqual(
        [1, 2, 3].slice(after).map((seq) => [seq, seq - 1]),
      );
    }
    await aMessage(ada, group, "m4");
    for (const id of ids) expect(await take(socket, id, 1)).toMatchObject([{ seq: 4, prevSeq: 3 }]);
    socket.close();
  });

  test("receives every kind of event, with the current state of the message", async () => {
    const [ada, bob, cy] = await tokenHolders(3);
    const group = await aGroup(ada, [bob]);
    const socket = await connect({ as: bob.token });
    const id = watch(socket, group, 0);
    const { id: messageId } = await aMessage(ada, group, "secret");
    await mutate("EditMessage", ada, { messageId, body: "still secret" });
    await mutate("AddReaction", bob, { messageId, emoji: "👍" });
    await mutate("RemoveReaction", bob, { messageId, emoji: "👍" });
    const actor = { id: ada.id };
    expect(await take(socket, id, 4)).toMatchObject([
      { __typename: "MessageSent", actor },
      { __typename: "MessageEdited", actor },
      { __typename: "ReactionChanged", actor: { id: bob.id }, emoji: "👍", isAdded: true },
      { __typename: "ReactionChanged", actor: { id: bob.id }, emoji: "👍", isAdded: false },
    ]);
    await mutate("PinMessage", bob, { messageId });
    expect(await take(socket, id, 1)).toMatchObject([{ actor: { id: bob.id } }]);
    await mutate("DeleteMessage", ada, { messageId });
    await mutate("AddMembers", ada, { conversationId: group, userIds: [cy.id] });
    expect(await take(socket, id, 2)).toMatchObject([
      { __typename: "MessageDeleted", actor, message: { body: null, reactions: [] } },
      { __typename: "MembersChanged", actor, addedUserIds: [cy.id], removedUserIds: [] },
    ]);
    const late = await connect({ as: cy.token });
    const replayed = await take(late, watch(late, group, 0), 7);
    expect(replayed.map((event) => event.__typename)).toEqual([
      "MessageSent",
      "MessageEdited",
      "ReactionChanged",
      "ReactionChanged",
      "PinChanged",
      "MessageDeleted",
      "MembersChanged",
    ]);
    expect(JSON.stringify(replayed)).not.toContain("secret");
    expect(JSON.stringify(await logOf(group))).not.toContain("secret");
    socket.close();
    late.close();
  });

  test("that is removed receives the removal, and nothing later", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const sockets = await Promise.all([0, 1].map((router) => connect({ as: bob.token, router })));
    const ids = sockets.map((socket) => watch(socket, group, 0));
    await aMessage(ada, group, "before");
    for (const [at, socket] of sockets.entries()) await take(socket, ids[at] ?? "", 1);
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await aMessage(ada, group, "behind his back");
    for (const [at, socket] of sockets.entries()) {
      const id = ids[at] ?? "";
      expect(await take(socket, id, 1)).toMatchObject([
        { __typename: "MembersChanged", seq: 2, removedUserIds: [bob.id] },
      ]);
      expect((await socket.next(id)).type).toBe("complete");
      const again = await socket.next(watch(socket, group, 0));
      expect(codeOf(again)).toBe("NOT_FOUND");
      socket.close();
    }
  });

  test("that returns receives the whole log, past the entry of its removal", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
    await aMessage(ada, group, "welcome back");
    const socket = await connect({ as: bob.token });
    const events = await take(socket, watch(socket, group, 0), 3);
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3]);
    socket.close();
  });
});

test("a stream is refused to strangers, to anonymous clients and for invalid arguments", async () => {
  const [ada, stranger] = await tokenHolders(2);
  const group = await aGroup(ada, []);
  const refusal = async (as: string | undefined, variables: object) => {
    const socket = await connect({ as });
    const frame = await socket.next(socket.subscribe(WATCH, { ...variables }));
    socket.close();
    return codeOf(frame);
  };
  expect(await refusal(stranger.token, { conversationId: group })).toBe("NOT_FOUND");
  expect(await refusal(stranger.token, { conversationId: newId() })).toBe("NOT_FOUND");
  expect(await refusal(ada.token, { conversationId: "nonsense" })).toBe("NOT_FOUND");
  expect(await refusal(undefined, { conversationId: group })).toBe("UNAUTHENTICATED");
  expect(await refusal(ada.token, { conversationId: group, after: -1 })).toBe("BAD_USER_INPUT");
  expect(await refusal(ada.token, { conversationId: group, after: 1 })).toBe("RESYNC_REQUIRED");
});

test("applying the events gives the same as reading again", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aCommand, { minLength: 1, maxLength: 16 }), async (commands) => {
      const [ada, bob] = await tokenHolders(2);
      const group = await aGroup(ada, [bob]);
      const socket = await connect({ as: bob.token });
      const id = watch(socket, group, 0);
      const talk = commandRunner(ada, bob, group);
      for (const command of commands) await talk(command);
      const page = await read(bob, group, { first: 100 });
      const events = await take(socket, id, page?.lastSeq ?? 0);
      socket.close();
      expect(applied(events)).toEqual(shown(page));
    }),
    { numRuns: 10 },
  );
}, 60_000);
