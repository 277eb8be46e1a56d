// Conversations that enter and leave an inbox, while it is open and while it is not.
import { describe, expect, test } from "vitest";
import { connect } from "../../kit/socket.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate } from "./harness.ts";
import {
  chainsOf,
  conversation,
  openAtHeads,
  openInbox,
  person,
  positionsOf,
  receive,
} from "./inbox-harness.ts";

describe("an inbox follows its conversations:", () => {
  test("a new conversation and a group that adds the person appear", async () => {
    const [ada, bob] = await tokenHolders(2);
    const known = await aGroup(ada, [bob]);
    const group = await aGroup(ada, []);
    for (const body of ["before", "he came"]) await aMessage(ada, group, body);
    await aMessage(ada, known);
    const socket = await connect({ as: bob.token, router: 1 });
    const { id } = await openAtHeads(socket);
    const opened = await mutate("OpenDirectConversation", ada, { userId: bob.id });
    const direct = opened.conversation?.id ?? "";
    await aMessage(ada, direct, "psst");
    await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
    await aMessage(ada, group, "welcome");
    const events = await receive(socket, id, 4);
    expect(chainsOf(events)).toEqual({
      [person(bob.id)]: [2, 3],
      [conversation(direct)]: [1],
      [conversation(group)]: [4],
    });
    const names = events.map((event) => [event.__typename, event.conversationId].join(" "));
    for (const came of [direct, group]) {
      const added = names.indexOf(`ConversationAdded ${came}`);
      expect(added).toBeGreaterThanOrEqual(0);
      expect(names.indexOf(`MessageSent ${came}`)).toBeGreaterThan(added);
    }
    socket.close();
  });

  test("the first conversation of a person appears", async () => {
    const [ada, bob] = await tokenHolders(2);
    const socket = await connect({ as: bob.token });
    const { id, positions } = await openAtHeads(socket);
    expect(positions).toEqual([{ streamId: person(bob.id), seq: 0 }]);
    const group = await aGroup(ada, [bob]);
    await aMessage(ada, group);
    const events = await receive(socket, id, 2);
    expect(chainsOf(events)).toEqual({ [person(bob.id)]: [1], [conversation(group)]: [1] });
    socket.close();
  });

  test("a removed member receives the removal and nothing later, and everything after their return", async () => {
    const [ada, bob] = await tokenHolders(2);
    const [group, other] = await Promise.all([aGroup(ada, [bob]), aGroup(ada, [bob])]);
    const phones = await Promise.all([0, 1].map((router) => connect({ as: bob.token, router })));
    const ids = await Promise.all(phones.map(async (socket) => (await openAtHeads(socket)).id));
    await aMessage(ada, group, "before");
    for (const [at, socket] of phones.entries()) await receive(socket, ids[at] ?? "", 1);
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await aMessage(ada, group, "behind his back");
    for (const body of ["a", "b", "c"]) await aMessage(ada, other, body);
    for (const [at, socket] of phones.entries()) {
      const events = await receive(socket, ids[at] ?? "", 5);
      expect(chainsOf(events)).toEqual({
        [conversation(group)]: [2],
        [conversation(other)]: [1, 2, 3],
        [person(bob.id)]: [3],
      });
      expect(events.find((event) => event.streamId === person(bob.id))).toMatchObject({
        __typename: "ConversationRemoved",
        conversationId: group,
      });
    }
    await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
    await aMessage(ada, group, "welcome back");
    for (const [at, socket] of phones.entries()) {
      const events = await receive(socket, ids[at] ?? "", 4);
      expect(chainsOf(events)).toEqual({
        [person(bob.id)]: [4],
        [conversation(group)]: [3, 4, 5],
      });
      socket.close();
    }
  });

  test("joining and leaving while the phone is offline leaves no gap", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const first = await connect({ as: bob.token });
    const { id } = await openAtHeads(first);
    await aMessage(ada, group, "one");
    const seen = await receive(first, id, 1);
    first.close();
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await aMessage(ada, group, "three");
    await mutate("AddMembers", ada, { conversationId: group, userIds: [bob.id] });
    await aMessage(ada, group, "five");
    const again = await connect({ as: bob.token, router: 1 });
    const own = { streamId: person(bob.id), seq: 1 };
    const events = await receive(again, openInbox(again, [...positionsOf(seen), own]), 6);
    expect(chainsOf([...seen, ...events])).toEqual({
      [conversation(group)]: [1, 2, 3, 4, 5],
      [person(bob.id)]: [2, 3],
    });
    again.close();
  });
});
