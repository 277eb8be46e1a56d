// Pins: shared by the members, at most 100, sent once, and removed with their message.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, logOf, mutate, type SentMessage, take, upTo, watch } from "./harness.ts";
import { openAtHeads, receive } from "./inbox-harness.ts";

const PINS_MAX = 100;

interface Pinned {
  readonly edges: readonly { readonly cursor: string; readonly node: SentMessage }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}

async function pinned(
  reader: TokenHolder,
  id: string,
  paging: object = {},
): Promise<Pinned | null> {
  const { conversation } = await dataOf<{ conversation: { pinnedMessages: Pinned } | null }>(
    operation("PinnedMessages"),
    { id, ...paging },
    { as: reader.token },
  );
  return conversation?.pinnedMessages ?? null;
}

async function seqsPinned(reader: TokenHolder, id: string, paging?: object) {
  return (await pinned(reader, id, paging))?.edges.map(({ node }) => node.seq);
}

const pin = (as: TokenHolder, messageId: string, router = 0) =>
  mutate("PinMessage", as, { messageId }, router);
const unpin = (as: TokenHolder, messageId: string) => mutate("UnpinMessage", as, { messageId });

async function manySaid(sender: TokenHolder, group: string, count: number): Promise<SentMessage[]> {
  return Promise.all(upTo(count).map((at) => aMessage(sender, group, `m${at}`)));
}

test("every member pins and unpins, and repeating it changes nothing", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id } = await aMessage(ada, group);
  const { message } = await pin(bob, id);
  expect(message?.pinnedAt).not.toBeNull();
  expect((await pin(ada, id, 1)).message).toEqual(message);
  expect(await seqsPinned(ada, group)).toEqual([1]);
  expect((await unpin(ada, id)).message).toMatchObject({ pinnedAt: null });
  expect((await unpin(bob, id)).message).toMatchObject({ pinnedAt: null });
  expect(await seqsPinned(bob, group)).toEqual([]);
  const types = (await logOf(group)).map((entry) => entry.type);
  expect(types).toEqual(["messageSent", "pinChanged", "pinChanged"]);
});

test("pins are listed latest first, page by page", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const messages = await manySaid(ada, group, 5);
  const bySeq = new Map(messages.map(({ seq, id }) => [seq, id]));
  for (const seq of [3, 1, 5, 2]) await pin(ada, bySeq.get(seq) ?? "");
  expect(await seqsPinned(bob, group)).toEqual([2, 5, 1, 3]);
  const first = await pinned(bob, group, { first: 3 });
  expect(first?.pageInfo.hasNextPage).toBe(true);
  const after = first?.edges.at(-1)?.cursor;
  expect(await seqsPinned(bob, group, { first: 3, after })).toEqual([3]);
  await pin(ada, bySeq.get(4) ?? "");
  expect(await seqsPinned(bob, group, { first: 3, after })).toEqual([3]);
});

describe("a conversation has at most 100 pins:", () => {
  test("the last one is given once to many at the same time, and again after an unpin", async () => {
    const [ada, bob] = await tokenHolders(2);
    const group = await aGroup(ada, [bob]);
    const messages = await manySaid(ada, group, PINS_MAX + 9);
    for (const { id } of messages.slice(0, PINS_MAX - 1)) await pin(ada, id);
    const late = messages.slice(PINS_MAX - 1);
    const ended = await Promise.all(late.map(({ id }, at) => pin(bob, id, at % 2)));
    const names = ended.map((result) => result.__typename).sort();
    expect(names).toEqual(["PinMessageSuccess", ...upTo(9).map(() => "TooManyPinsProblem")]);
    const refused = ended.find((result) => result.__typename === "TooManyPinsProblem");
    expect(refused).toMatchObject({ pinsMax: PINS_MAX });
    await unpin(ada, messages[0]?.id ?? "");
    await mutate("DeleteMessage", ada, { messageId: messages[1]?.id });
    expect(await seqsPinned(bob, group, { first: 100 })).toHaveLength(PINS_MAX - 2);
    const rest = late.filter((_, at) => ended[at]?.__typename === "TooManyPinsProblem").slice(0, 3);
    const again = await Promise.all(rest.map(({ id }) => pin(bob, id)));
    expect(again.map((result) => result.__typename).sort()).toEqual([
      "PinMessageSuccess",
      "PinMessageSuccess",
      "TooManyPinsProblem",
    ]);
  });
});

test("a deleted message loses its pin, and cannot be pinned", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id: messageId } = await aMessage(ada, group);
  await pin(bob, messageId);
  await mutate("DeleteMessage", ada, { messageId });
  expect(await seqsPinned(bob, group)).toEqual([]);
  expect((await pin(bob, messageId)).__typename).toBe("MessageDeletedProblem");
  expect((await unpin(bob, messageId)).message).toMatchObject({ pinnedAt: null });
  expect(await logOf(group)).toHaveLength(3);
});

test("a pin is sent to the streams of the conversation and to the inbox", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const { id } = await aMessage(ada, group);
  const socket = await connect({ as: bob.token, router: 1 });
  const watched = watch(socket, group, 1);
  const { id: inbox } = await openAtHeads(socket);
  const { message } = await pin(ada, id);
  const told = { __typename: "PinChanged", message: { id, pinnedAt: message?.pinnedAt } };
  expect(await take(socket, watched, 1)).toMatchObject([told]);
  expect(await receive(socket, inbox, 1)).toMatchObject([told]);
  await unpin(bob, id);
  const untold = { __typename: "PinChanged", message: { id, pinnedAt: null } };
  expect(await take(socket, watched, 1)).toMatchObject([untold]);
  expect(await receive(socket, inbox, 1)).toMatchObject([untold]);
  socket.close();
});

test("only members read the pins of a conversation", async () => {
  const [ada, bob, stranger] = await tokenHolders(3);
  const group = await aGroup(ada, [bob]);
  await pin(ada, (await aMessage(ada, group)).id);
  expect(await seqsPinned(bob, group)).toEqual([1]);
  await mutate("LeaveConversation", bob, { conversationId: group });
  expect(await pinned(bob, group)).toBeNull();
  expect(await pinned(stranger, group)).toBeNull();
});
