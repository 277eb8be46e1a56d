// Message requests: what a stranger's first message is until its receiver answers.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { setBlock } from "../../kit/blocks.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, type Person, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, read, send, take, upTo, watch } from "./harness.ts";
import { openAtHeads, receive } from "./inbox-harness.ts";
import { answer, listedBy, opens, requestsOf, strangers } from "./requests-harness.ts";

test("a stranger's first message is a request, and the conversation begins when it is accepted", async () => {
  const [ada, bob] = await strangers(2);
  const socket = await connect({ as: bob.token });
  const { id: inbox } = await openAtHeads(socket);
  const id = await opens(ada, bob);
  expect(await listedBy(ada)).toEqual([id]);
  expect(await requestsOf(bob)).toEqual([]);

  await aMessage(ada, id, "We met in Berlin");
  expect(await receive(socket, inbox, 1)).toMatchObject([
    { __typename: "MessageRequestChanged", conversationId: id, isOpen: true },
  ]);
  expect(await requestsOf(bob)).toMatchObject([
    { conversationId: id, kind: "DIRECT", text: "We met in Berlin", sender: { id: ada.id } },
  ]);
  expect(await listedBy(bob)).toEqual([]);
  expect((await send(ada, id, "Hello?")).__typename).toBe("MessageRequestPendingProblem");

  const watcher = await connect({ as: ada.token });
  const watching = watch(watcher, id, 1);
  expect((await answer(bob, id, "ACCEPT")).__typename).toBe("AnswerMessageRequestSuccess");
  expect(await take(watcher, watching, 1)).toMatchObject([
    { __typename: "MembersChanged", addedUserIds: [bob.id] },
  ]);
  expect(await requestsOf(bob)).toEqual([]);
  expect(await receive(socket, inbox, 1)).toMatchObject([
    { __typename: "ConversationAdded", conversationId: id },
  ]);
  await aMessage(bob, id, "We did");
  await aMessage(ada, id, "And now?");
  expect((await read(bob, id))?.messages.edges.map(({ node }) => node.body)).toEqual([
    "We met in Berlin",
    "We did",
    "And now?",
  ]);
  expect((await answer(bob, id, "ACCEPT")).__typename).toBe("AnswerMessageRequestSuccess");
});

test("a refusal is not told to the sender, and the receiver can still open the conversation", async () => {
  const [ada, bob] = await strangers(2);
  const id = await opens(ada, bob);
  await aMessage(ada, id, "Hello");
  const before = await seenBySender(ada, id);
  await answer(bob, id, "REFUSE");
  await answer(bob, id, "REFUSE");
  expect(await requestsOf(bob)).toEqual([]);
  expect(await seenBySender(ada, id)).toEqual(before);
  expect(before).toMatchObject({ conversation: { sending: "REQUEST_PENDING", lastSeq: 1 } });
  expect((await send(ada, id, "Hello?")).__typename).toBe("MessageRequestPendingProblem");
  expect(await opens(ada, bob)).toBe(id);

  expect(await opens(bob, ada)).toBe(id);
  await aMessage(bob, id, "Sorry, I was away");
  await aMessage(ada, id, "No problem");
});

/** Everything of the conversation that its sender can ask for. */
async function seenBySender({ token }: TokenHolder, id: string): Promise<object> {
  const question = `query($id: ID!) { conversation(id: $id) { sending lastSeq activityAt
    members(first: 5) { edges { node { role user { id } } } }
    messages(last: 5) { edges { node { id body } } memberChanges { seq } } } }`;
  return dataOf(question, { id }, { as: token });
}

test("while a request waits, its receiver leaves no trace and gets nothing of the conversation", async () => {
  const [ada, bob] = await strangers(2);
  const id = await opens(ada, bob);
  const { id: messageId } = await aMessage(ada, id, "Hello");
  const attempts: [string, object][] = [
    ["MarkRead", { conversationId: id, seq: 1 }],
    ["SetTyping", { conversationId: id, isTyping: true }],
    ["SendMessage", { conversationId: id, clientMessageId: "one", body: "Hi" }],
    ["EditMessage", { messageId, body: "Hi" }],
    ["DeleteMessage", { messageId }],
    ["AddReaction", { messageId, emoji: "👍" }],
    ["PinMessage", { messageId }],
  ];
  for (const [name, input] of attempts) {
    const { errors } = await ask(operation(name), { input }, { as: bob.token });
    expect([name, errors?.[0]?.extensions.code]).toEqual([name, "NOT_FOUND"]);
  }
  expect(await read(bob, id)).toBeNull();
  const socket = await connect({ as: bob.token });
  const stream = watch(socket, id);
  const frame = await socket.next(stream);
  expect(JSON.stringify(frame)).toContain("NOT_FOUND");

  await mutate("EditMessage", ada, { messageId, body: "Hello, Bob" });
  expect(await requestsOf(bob)).toMatchObject([{ text: "Hello, Bob" }]);
  await mutate("DeleteMessage", ada, { messageId });
  expect(await requestsOf(bob)).toMatchObject([{ text: null }]);
  expect((await send(ada, id, "again")).__typename).toBe("MessageRequestPendingProblem");
});

test("a block takes a request away, and lifting it brings it back", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  await makeStrangers([ada, bob]);
  const id = await opens(bob, ada);
  const { id: messageId } = await aMessage(bob, id, "Hello");
  const groups = [await aGroup(ada, []), await aGroup(bob, [])] as const;
  await setBlock("BlockUser", ada, bob);
  expect(await requestsOf(ada)).toEqual([]);
  const attempts = ([who, other, own]: readonly [Person, Person, string]): [string, object][] => [
    ["AnswerMessageRequest", { conversationId: id, answer: "REFUSE" }],
    ["OpenDirectConversation", { userId: other.id }],
    ["SendMessage", { conversationId: id, clientMessageId: `of ${who.id}`, body: "Hello?" }],
    ["EditMessage", { messageId, body: "Hello?" }],
    ["DeleteMessage", { messageId }],
    ["CreateGroupConversation", { title: "Two", memberIds: [other.id] }],
    ["AddMembers", { conversationId: own, userIds: [other.id] }],
  ];
  for (const side of [[ada, bob, groups[0]] as const, [bob, ada, groups[1]] as const]) {
    for (const [name, input] of attempts(side)) {
      const { errors } = await ask(operation(name), { input }, { as: side[0].token });
      expect([name, errors?.[0]?.extensions.code]).toEqual([name, "NOT_FOUND"]);
    }
  }
  await setBlock("UnblockUser", ada, bob);
  expect(await requestsOf(ada)).toHaveLength(1);
});

test("an erased sender's requests are gone, and receivers of open ones are told", async () => {
  const [ada, bob, cy, dan] = await strangers(4);
  const memberIds = [bob.id, cy.id];
  const made = await mutate("CreateGroupConversation", ada, { title: "Walks", memberIds });
  const group = made.conversation?.id ?? "";
  const direct = await opens(ada, bob);
  await aMessage(ada, direct, "Hello");
  await opens(ada, dan);
  await answer(cy, group, "REFUSE");
  const socket = await connect({ as: bob.token });
  const { id: inbox } = await openAtHeads(socket);
  const before = await Promise.all([cy, dan].map(ownLogOf));

  await eraseIn("messaging", ada.id);

  const told = await receive(socket, inbox, 2);
  expect(told).toMatchObject(
    upTo(2).map(() => ({ __typename: "MessageRequestChanged", isOpen: false })),
  );
  expect(new Set(told.map(({ conversationId }) => conversationId))).toEqual(
    new Set([group, direct]),
  );
  expect(await requestsOf(bob)).toEqual([]);
  expect(await Promise.all([cy, dan].map(ownLogOf))).toEqual(before);
  socket.close();
});

/** The entries of a person's own log. */
async function ownLogOf({ id }: TokenHolder): Promise<unknown[]> {
  const text = "select type from stream_entry where stream_id = 'person:' || $1 order by seq";
  return withDatabase("messaging", async (client) => (await client.query(text, [id])).rows);
}

test("people who know each other have a direct conversation in their lists from its first message", async () => {
  const [ada, bob, cy] = await tokenHolders(3);
  const [written, opened] = [await opens(ada, bob), await opens(ada, cy)];
  expect([await listedBy(ada), await listedBy(bob)]).toEqual([[opened, written], []]);
  await aMessage(ada, written);
  expect(await listedBy(bob)).toEqual([written]);
  const socket = await connect({ as: cy.token });
  const { id: inbox } = await openAtHeads(socket);
  expect(await opens(cy, ada)).toBe(opened);
  expect(await receive(socket, inbox, 1)).toMatchObject([
    { __typename: "ConversationSettingsChanged", conversationId: opened },
  ]);
  expect(await listedBy(cy)).toEqual([opened]);
  await mutate("HideConversation", cy, { conversationId: opened });
  expect(await listedBy(cy)).toEqual([]);
  await opens(cy, ada);
  expect(await listedBy(cy)).toEqual([opened]);
  socket.close();
});

test("two people who open their conversation at once both have it in their lists", async () => {
  for (const _ of upTo(5)) {
    const [ada, bob] = await tokenHolders(2);
    const [id] = await Promise.all([opens(ada, bob), opens(bob, ada)]);
    expect([await listedBy(ada), await listedBy(bob)]).toEqual([[id], [id]]);
  }
});

test("two strangers who open their conversation at once are both in it", async () => {
  for (const _ of upTo(5)) {
    const [ada, bob] = await strangers(2);
    const [one, other] = await Promise.all([opens(ada, bob), opens(bob, ada)]);
    expect(other).toBe(one);
    await aMessage(ada, one);
    await aMessage(bob, one);
    await aMessage(ada, one);
  }
});

test("a person asks at most 20 strangers who have not answered", async () => {
  const [ada, ...others] = await strangers(22);
  for (const other of others.slice(0, 20)) await opens(ada, other);
  const last = others[20] as TokenHolder;
  expect(await mutate("OpenDirectConversation", ada, { userId: last.id })).toMatchObject({
    __typename: "TooManyRequestsProblem",
    requestsMax: 20,
  });
  await opens(others[0] as TokenHolder, ada);
  expect(await opens(ada, last)).not.toBe("");
});

test("strangers are invited to a group instead of added, see a preview, and join by accepting", async () => {
  const [ada, bob] = await tokenHolders(2);
  const [cy, dan] = await strangers(2);
  const memberIds = [bob.id, cy.id, dan.id];
  const made = await mutate("CreateGroupConversation", ada, { title: "Walks", memberIds });
  expect(made).toMatchObject({ invitedUserIds: [cy.id, dan.id] });
  const id = made.conversation?.id ?? "";
  await aMessage(ada, id, "Welcome");
  expect(await requestsOf(cy)).toMatchObject([
    { kind: "GROUP", title: "Walks", text: null, memberCount: 2, sender: { id: ada.id } },
  ]);
  expect(await read(cy, id)).toBeNull();
  const [stranger] = await strangers(1);
  for (const given of ["ACCEPT", "REFUSE"] as const) {
    const { errors } = await answer.asked(stranger, id, given);
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  }
  await answer(cy, id, "ACCEPT");
  await answer(dan, id, "REFUSE");
  expect((await read(cy, id))?.members.edges).toHaveLength(3);
  expect(await requestsOf(cy)).toEqual([]);
  const again = { conversationId: id, userIds: [dan.id, cy.id] };
  expect(await mutate("AddMembers", ada, again)).toMatchObject({ invitedUserIds: [dan.id] });
  expect(await requestsOf(dan)).toEqual([]);
  await aMessage(cy, id, "Thank you");
});
