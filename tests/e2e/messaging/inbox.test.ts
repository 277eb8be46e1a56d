// The inbox: all conversations of a person and their own log as one stream, resumed stream by
// stream.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, aTokenHolder, tokenHolders } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aGroup, aMessage, mutate, read } from "./harness.ts";
import {
  chainsOf,
  conversation,
  INBOX,
  marksOf,
  openAtHeads,
  openInbox,
  person,
  positionsOf,
  receive,
  refusalIn,
} from "./inbox-harness.ts";
import { aCommand, applied, commandRunner, shown } from "./random-commands.ts";

async function groupsOf<T extends readonly [Person, Person]>([owner, other]: T, count: number) {
  return Promise.all(Array.from({ length: count }, (_, at) => aGroup(owner, [other], `g${at}`)));
}

type Person = Awaited<ReturnType<typeof aTokenHolder>>;

test("an inbox begins at the heads, returns their positions, and goes on with live events", async () => {
  const [ada, bob] = await tokenHolders(2);
  const [one = "", two = "", three = ""] = await groupsOf([ada, bob], 3);
  for (const group of [one, two]) for (const body of ["a", "b"]) await aMessage(ada, group, body);
  await mutate("MarkRead", bob, { conversationId: one, seq: 1 });
  const socket = await connect({ as: bob.token, router: 1 });
  const { id, positions } = await openAtHeads(socket);
  expect(positions[0]).toEqual({ streamId: person(bob.id), seq: 4 });
  expect(Object.fromEntries(positions.map(({ streamId, seq }) => [streamId, seq]))).toEqual({
    [person(bob.id)]: 4,
    [conversation(one)]: 2,
    [conversation(two)]: 2,
    [conversation(three)]: 0,
  });
  await aMessage(bob, three, "hello");
  await mutate("MarkRead", bob, { conversationId: two, seq: 2 });
  const live = await receive(socket, id, 2);
  expect(chainsOf(live)).toEqual({ [conversation(three)]: [1], [person(bob.id)]: [5] });
  expect(live.find((event) => event.streamId === person(bob.id))).toMatchObject({
    __typename: "ConversationRead",
    conversationId: two,
    readSeq: 2,
    conversation: { unreadCount: 0 },
  });
  expect(live.find((event) => event.streamId === conversation(three))).toMatchObject({
    __typename: "MessageSent",
    conversationId: three,
    message: { body: "hello", sender: { id: bob.id } },
  });
  socket.close();
});

test("a phone resumes behind the positions that it sends, or else behind its marks", async () => {
  const [ada, bob] = await tokenHolders(2);
  const phone = { as: await accessToken({ userId: bob.id }), subscriberId: newId() };
  const groups = await groupsOf([ada, bob], 2);
  const sayInAll = async (body: string) => {
    for (const group of groups) await aMessage(ada, group, body);
  };
  const first = await connect(phone);
  const { id } = await openAtHeads(first);
  await sayInAll("one");
  const events = await receive(first, id, 2);
  const received = Object.fromEntries(groups.map((group) => [conversation(group), 1]));
  await expect.poll(() => marksOf(phone.subscriberId), { timeout: 5_000 }).toMatchObject(received);
  first.close();
  await sayInAll("two");

  // With another session's token: a subscriber is independent of sessions.
  const renewed = { ...phone, as: await accessToken({ userId: bob.id }) };
  const again = await connect({ ...renewed, router: 1 });
  const resumed = await receive(again, openInbox(again), 2);
  expect(chainsOf([...events, ...resumed])).toEqual(
    Object.fromEntries(groups.map((group) => [conversation(group), [1, 2]])),
  );
  again.close();
  const other = await connect({ as: bob.token });
  const own = { streamId: person(bob.id), seq: 2 };
  const named = await receive(other, openInbox(other, [...positionsOf(events), own]), 2);
  expect(named.map((event) => event.seq)).toEqual([2, 2]);
  other.close();
});

test("both phones of a person receive everything, the reads of the other one included", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const phones = await Promise.all(
    [0, 1].map(async (router) => {
      const socket = await connect({ as: await accessToken({ userId: bob.id }), router });
      return { socket, ...(await openAtHeads(socket)) };
    }),
  );
  await aMessage(ada, group);
  await mutate("MarkRead", bob, { conversationId: group, seq: 1 });
  await aMessage(ada, group);
  for (const { socket, id } of phones) {
    const events = await receive(socket, id, 3);
    expect(chainsOf(events)).toEqual({ [conversation(group)]: [1, 2], [person(bob.id)]: [2] });
    socket.close();
  }
});

test("only the person reads the position of their own stream", async () => {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  await aGroup(ada, [bob]);
  expect(await dataOf(operation("InboxPosition"), {}, { as: bob.token })).toEqual({
    me: { id: bob.id, inboxSeq: 1 },
  });
  const query = "query($id: ID!) { user(id: $id) { inboxSeq } }";
  const { data } = await ask(query, { id: bob.id }, { as: ada.token });
  expect(data).toEqual({ user: { inboxSeq: null } });
});

describe("a stream in the list of positions", () => {
  test("that is not one of the viewer's is ignored, whether it exists or not", async () => {
    const [ada, bob] = await tokenHolders(2);
    const [mine, foreign] = await Promise.all([aGroup(ada, [bob]), aGroup(ada, [])]);
    for (const group of [mine, foreign]) await aMessage(ada, group);
    const names = [conversation(foreign), conversation(newId()), person(ada.id), "nonsense", ""];
    const known = { streamId: conversation(mine), seq: 1 };
    for (const seq of [0, 1, 99]) {
      const socket = await connect({ as: await accessToken({ userId: bob.id }) });
      const own = { streamId: person(bob.id), seq: 1 };
      const id = openInbox(socket, [...names.map((streamId) => ({ streamId, seq })), known, own]);
      await aMessage(ada, foreign);
      const { seq: last } = await aMessage(ada, mine);
      const events = await receive(socket, id, last - known.seq);
      expect(Object.keys(chainsOf(events))).toEqual([conversation(mine)]);
      socket.close();
    }
  });

  test("is refused beyond its head, and so is every invalid list", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    await aMessage(ada, group);
    const streamId = conversation(group);
    const socket = await connect({ as: bob.token });
    const refusal = async (after: object[]) =>
      refusalIn(await socket.next(socket.subscribe(INBOX, { after })));
    expect(await refusal([{ streamId, seq: 2 }])).toMatchObject({
      code: "RESYNC_REQUIRED",
      streamId,
      head: 1,
    });
    expect(await refusal([{ streamId: person(bob.id), seq: 2 }])).toMatchObject({
      code: "RESYNC_REQUIRED",
      head: 1,
    });
    const shouted = streamId.toUpperCase();
    const bad: [object[], string][] = [
      [[{ streamId, seq: -1 }], "after[0].seq"],
      [
        [
          { streamId, seq: 0 },
          { streamId: shouted, seq: 1 },
        ],
        "after[1].streamId",
      ],
      [Array.from({ length: 501 }, () => ({ streamId: conversation(newId()), seq: 0 })), "after"],
    ];
    for (const [after, field] of bad) {
      expect(await refusal(after)).toMatchObject({ code: "BAD_USER_INPUT", field });
    }
    socket.close();
    const nobody = await connect();
    const frame = await nobody.next(openInbox(nobody));
    expect(refusalIn(frame)).toMatchObject({ code: "UNAUTHENTICATED" });
    nobody.close();
  });
});

test("applying the events of several groups gives the same as reading them again", async () => {
  const commands = fc.array(fc.tuple(fc.nat({ max: 1 }), aCommand), {
    minLength: 1,
    maxLength: 14,
  });
  await fc.assert(
    fc.asyncProperty(commands, async (story) => {
      const [ada, bob] = await tokenHolders(2);
      const groups = await groupsOf([ada, bob], 2);
      const socket = await connect({ as: bob.token, router: 1 });
      const { id } = await openAtHeads(socket);
      const talks = groups.map((group) => commandRunner(ada, bob, group));
      for (const [at, command] of story) await talks[at]?.(command);
      const pages = await Promise.all(groups.map((group) => read(bob, group, { first: 100 })));
      const count = pages.reduce((sum, page) => sum + (page?.lastSeq ?? 0), 0);
      const events = await receive(socket, id, count);
      socket.close();
      for (const [at, group] of groups.entries()) {
        const ofGroup = events.filter((event) => event.streamId === conversation(group));
        expect(applied(ofGroup)).toEqual(shown(pages[at] ?? null));
      }
    }),
    { numRuns: 8 },
  );
}, 60_000);

test("an inbox ends with its session, with a code", async () => {
  const ada = await aTokenHolder();
  const token = await accessToken({ userId: ada.id, lifeSeconds: 5 });
  const socket = await connect({ as: token });
  const { id } = await openAtHeads(socket);
  expect(refusalIn(await socket.next(id))).toMatchObject({ code: "UNAUTHENTICATED" });
  socket.close();
});
