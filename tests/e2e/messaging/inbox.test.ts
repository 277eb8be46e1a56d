// The inbox: all conversations of a person and their own log as one stream, resumed stream by
// stream.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/id.ts";
import { connect } from "../../kit/socket.ts";
import { aStranger, strangers } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aCommand, applied, aTalk, shown } from "./commands.ts";
import { aGroup, change, read, said } from "./harness.ts";
import {
  chainsOf,
  conversation,
  INBOX,
  marksOf,
  openInbox,
  person,
  positionsOf,
  receive,
  refusalIn,
} from "./inbox-harness.ts";

async function groupsOf<T extends readonly [Person, Person]>([owner, other]: T, count: number) {
  return Promise.all(Array.from({ length: count }, (_, at) => aGroup(owner, [other], `g${at}`)));
}

type Person = Awaited<ReturnType<typeof aStranger>>;

test("what was not read comes first, then what happens, of all conversations and the own log", async () => {
  const [ada, bob] = await strangers(2);
  const [one = "", two = "", three = ""] = await groupsOf([ada, bob], 3);
  for (const group of [one, two]) for (const body of ["a", "b"]) await said(ada, group, body);
  await change("MarkRead", bob, { conversationId: one, seq: 1 });
  const socket = await connect({ as: bob.token, router: 1 });
  const id = openInbox(socket);
  const replayed = await receive(socket, id, 3);
  await said(bob, three, "hello");
  await change("MarkRead", bob, { conversationId: two, seq: 2 });
  const live = await receive(socket, id, 2);
  expect(chainsOf([...replayed, ...live])).toEqual({
    [conversation(one)]: [2],
    [conversation(two)]: [1, 2],
    [conversation(three)]: [1],
    [person(bob.id)]: [5],
  });
  expect(live.find((event) => event.streamId === person(bob.id))).toMatchObject({
    __typename: "ConversationRead",
    conversationId: two,
    readSeq: 2,
    conversation: { id: two, unreadCount: 0 },
  });
  expect(live.find((event) => event.streamId === conversation(three))).toMatchObject({
    __typename: "MessageSent",
    conversationId: three,
    message: { body: "hello", sender: { id: bob.id } },
  });
  socket.close();
});

test("a phone resumes behind the positions it names, or behind what was delivered to its session", async () => {
  const [ada, bob] = await strangers(2);
  const sessionId = newId();
  const phone = { as: await accessToken({ userId: bob.id, sessionId }) };
  const groups = await groupsOf([ada, bob], 2);
  const sayInAll = async (body: string) => {
    for (const group of groups) await said(ada, group, body);
  };
  await sayInAll("one");
  const first = await connect(phone);
  const events = await receive(first, openInbox(first), 2);
  first.close();
  const delivered = Object.fromEntries(groups.map((group) => [conversation(group), 1]));
  await expect.poll(() => marksOf(sessionId)).toMatchObject(delivered);
  await sayInAll("two");

  const again = await connect({ ...phone, router: 1 });
  const resumed = await receive(again, openInbox(again), 2);
  expect(chainsOf([...events, ...resumed])).toEqual(
    Object.fromEntries(groups.map((group) => [conversation(group), [1, 2]])),
  );
  again.close();
  const other = await connect({ as: bob.token });
  const named = await receive(other, openInbox(other, positionsOf(events)), 2);
  expect(named.map((event) => event.seq)).toEqual([2, 2]);
  // Without either it begins where he has read up to: nowhere.
  const fresh = await connect({ as: await accessToken({ userId: bob.id }) });
  expect(await receive(fresh, openInbox(fresh), 4)).toHaveLength(4);
  for (const socket of [other, fresh]) socket.close();
});

test("both phones of a person get everything, what they read on the other among it", async () => {
  const [ada, bob] = await strangers(2);
  const group = await aGroup(ada, [bob]);
  await said(ada, group);
  const phones = await Promise.all(
    [0, 1].map(async (router) => {
      const socket = await connect({ as: await accessToken({ userId: bob.id }), router });
      const id = openInbox(socket);
      await receive(socket, id, 1);
      return { socket, id };
    }),
  );
  await change("MarkRead", bob, { conversationId: group, seq: 1 });
  await said(ada, group);
  for (const { socket, id } of phones) {
    const events = await receive(socket, id, 2);
    expect(new Set(events.map((event) => event.__typename))).toEqual(
      new Set(["ConversationRead", "MessageSent"]),
    );
    socket.close();
  }
});

describe("a name in the list", () => {
  test("that is not of one of the viewer's streams is passed over, whether it exists or not", async () => {
    const [ada, bob] = await strangers(2);
    const [mine, foreign] = await Promise.all([aGroup(ada, [bob]), aGroup(ada, [])]);
    for (const group of [mine, foreign]) await said(ada, group);
    const names = [conversation(foreign), conversation(newId()), person(ada.id), "nonsense", ""];
    const known = { streamId: conversation(mine), seq: 1 };
    for (const seq of [0, 1, 99]) {
      const socket = await connect({ as: await accessToken({ userId: bob.id }) });
      const id = openInbox(socket, [...names.map((streamId) => ({ streamId, seq })), known]);
      await said(ada, foreign);
      const { seq: last } = await said(ada, mine);
      const events = await receive(socket, id, last - known.seq);
      expect(Object.keys(chainsOf(events))).toEqual([conversation(mine)]);
      socket.close();
    }
  });

  test("is refused beyond the end of its stream, and a list that is no list of positions always", async () => {
    const [ada, bob] = await strangers(2);
    const group = await aGroup(ada, [bob]);
    await said(ada, group);
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

test("whatever happens in several groups, applying the events equals reading them again", async () => {
  const commands = fc.array(fc.tuple(fc.nat({ max: 1 }), aCommand), {
    minLength: 1,
    maxLength: 14,
  });
  await fc.assert(
    fc.asyncProperty(commands, async (story) => {
      const [ada, bob] = await strangers(2);
      const groups = await groupsOf([ada, bob], 2);
      const socket = await connect({ as: bob.token, router: 1 });
      const id = openInbox(socket);
      const talks = groups.map((group) => aTalk(ada, bob, group));
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

test("an inbox ends with its session, and says so", async () => {
  const ada = await aStranger();
  const token = await accessToken({ userId: ada.id, lifeSeconds: 2 });
  const socket = await connect({ as: token });
  const id = openInbox(socket);
  expect(refusalIn(await socket.next(id))).toMatchObject({ code: "UNAUTHENTICATED" });
  socket.close();
});
