// Whatever path through the schema a newcomer of a group with `FROM_JOINING` takes, and at each id,
// no text from before they joined comes back. A member from before takes the same paths.

import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { loadSubgraphSdl } from "../../kit/service/sdl.ts";
import { aGroup, aMessage, codeOf, mutate, send } from "../e2e/messaging/harness.ts";
import { selectionsOf } from "../e2e/sharing/selection.ts";
import { ask } from "../kit/client.ts";
import { withDatabase } from "../kit/database.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import {
  AUDIENCE,
  asViewer,
  connectToSubgraph,
  payloadOf,
  replicaUrl,
} from "../kit/subgraph-socket.ts";
import { argumentOf, documentOf, variablesOf, type Walk, walks } from "./matrix/walks.ts";

/** In every text from before. */
const CANARY = "kanarifrombefore";
const TIMEOUT_MS = 240_000;
const AT_ONCE = 8;

let member: Person;
let newcomer: Person;
let ids: readonly string[];
/** Messages from before. */
let old: readonly string[];

beforeAll(async () => {
  [member, newcomer] = await Promise.all([aPerson("Member"), aPerson("Newcomer")]);
  const conversationId = await aGroup(member, []);
  await mutate("UpdateConversation", member, { conversationId, history: "FROM_JOINING" });
  const texts = ["text", "pinned", "answered"].map((text) => `${CANARY} ${text}`);
  const sent: string[] = [];
  for (const text of texts) sent.push((await aMessage(member, conversationId, text)).id);
  old = sent;
  const [edited = "", pinned = "", answered = ""] = old;
  await mutate("EditMessage", member, { messageId: edited, body: `${CANARY} edited` });
  await mutate("PinMessage", member, { messageId: pinned });
  await mutate("AddMembers", member, { conversationId, userIds: [newcomer.id] });
  const reply = await send(member, conversationId, "An answer", { replyToId: answered });
  ids = [conversationId, ...old, reply.message?.id ?? ""];
});

/** The documents that lead to messages, with each id that they take. */
function pathsTo(): [Walk, string][] {
  const talks = walks().filter(
    (walk) =>
      walk.some(({ field }) => /Message/.test(String(field.type))) &&
      !/Mutation|Subscription/.test(walk[0]?.type.name ?? ""),
  );
  return talks.flatMap((walk) => {
    return (argumentOf(walk) ? ids : [""]).map((id): [Walk, string] => [walk, id]);
  });
}

/** How many answers have the canary. */
async function found({ token }: Person): Promise<number> {
  const paths = pathsTo();
  expect(paths.length).toBeGreaterThan(50);
  let count = 0;
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const some = paths.slice(at, at + AT_ONCE);
    const answers = await Promise.all(some.map(([walk, id]) => follow(walk, id, token)));
    count += answers.filter((answer) => answer.includes(CANARY)).length;
  }
  return count;
}

/** The answer to a path, or to the part of it that the limits allow. */
async function follow(walk: Walk, id: string, token: string): Promise<string> {
  const answer = await ask(documentOf(walk), variablesOf(walk, id), { as: token });
  const isTooFar = answer.errors?.[0]?.extensions.code === "OPERATION_TOO_COMPLEX";
  return isTooFar ? follow(walk.slice(0, -1), id, token) : JSON.stringify(answer);
}

describe("texts from before a newcomer joined", () => {
  test(
    "are in no answer to them",
    async () => {
      expect(await found(newcomer)).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    "are in answers to a member from before, so that the paths lead to them",
    async () => {
      expect(await found(member)).toBeGreaterThan(20);
    },
    TIMEOUT_MS,
  );
});

/** Mutations of one message, as its input begins. */
const CHANGES: Readonly<Record<string, object>> = {
  EditMessage: { body: "changed" },
  DeleteMessage: {},
  DeleteMessageForMe: {},
  AddReaction: { emoji: "👍" },
  RemoveReaction: { emoji: "👍" },
  PinMessage: {},
  UnpinMessage: {},
  MarkThreadRead: { seq: 1 },
  FollowThread: {},
  ForwardMessage: { clientMessageId: "forwarded" },
};

test.each(Object.entries(CHANGES))("%s finds no message from before", async (name, input) => {
  const conversationId = name === "ForwardMessage" ? { conversationId: ids[0] } : {};
  for (const messageId of [...old, newId()]) {
    expect(await codeOf(name, newcomer, { ...input, ...conversationId, messageId })).toBe(
      "NOT_FOUND",
    );
  }
});

test.each(["replyToId", "threadRootId"])("sendMessage finds none for its %s", async (field) => {
  for (const id of [...old, newId()]) {
    const input = { conversationId: ids[0], clientMessageId: newId(), body: "hello", [field]: id };
    expect(await codeOf("SendMessage", newcomer, input)).toBe("NOT_FOUND");
  }
});

/** All fields of the events of a conversation that are shared. */
function sharedSelection(): string {
  const schema = buildSubgraphSchema([{ typeDefs: parse(loadSubgraphSdl("messaging")) }]);
  return selectionsOf(schema, "conversationEvents").all;
}

/** What the audience and the newcomer read of replies to messages from before, step by step. */
async function framesOfReplies() {
  const [conversationId = "", threadRootId = ""] = ids;
  const mine = { conversationId };
  const reply = () => send(member, conversationId, "in a thread", { threadRootId });
  const { message } = await reply();
  const messageId = message?.id ?? "";
  const { lastSeq: after } = await conversationAs(newcomer);
  const query = `subscription($id: ID!, $after: Int) {
    conversationEvents(conversationId: $id, after: $after) ${sharedSelection()} }`;
  const socket = await connectToSubgraph(replicaUrl("messaging"));
  const variables = { id: conversationId, after };
  const live = { mode: "feed", shareKey: `conversation:${conversationId}` };
  const feed = await socket.subscribe({ query, variables, identity: AUDIENCE, live });
  const own = await socket.subscribe({ query, variables, identity: asViewer(newcomer.id) });
  await payloadOf(socket, feed);
  const frames: { readonly shared: unknown; readonly own: unknown }[] = [];
  for (const step of [
    () => aMessage(member, conversationId, "for all"),
    reply,
    () => mutate("EditMessage", member, { messageId, body: "edited" }),
    () => mutate("AddReaction", newcomer, { messageId, emoji: "👍" }),
    () => mutate("PinMessage", member, { messageId }),
    () => mutate("DeleteMessage", member, { messageId }),
    () => mutate("UpdateConversation", member, { ...mine, description: newId() }),
  ]) {
    await step();
    const [shared, seen] = [await payloadOf(socket, feed), await payloadOf(socket, own)];
    frames.push({ shared: shared.data, own: seen.data });
  }
  socket.close();
  return frames;
}

async function conversationAs({ token }: Person): Promise<{ readonly lastSeq: number }> {
  const query = "query($id: ID!) { conversation(id: $id) { lastSeq } }";
  const { data } = await ask<{ conversation: { lastSeq: number } }>(
    query,
    { id: ids[0] ?? "" },
    { as: token },
  );
  if (!data) throw new Error("there is no conversation");
  return data.conversation;
}

describe("a frame of the audience", () => {
  test("is the newcomer's own, or they have one alone, also in threads from before", async () => {
    const frames = await framesOfReplies();
    const isShared = frames.map(({ shared }) => Boolean(shared));
    expect(isShared).toEqual([true, false, false, false, false, false, true]);
    for (const { shared, own } of frames) {
      expect(own).toBeTruthy();
      if (shared) expect(own).toEqual(shared);
    }
  });

  test("would tell the thread, if entries did not say that some do not see it", async () => {
    await withDatabase("messaging", async (client) => {
      await client.query(`create function test_tell() returns trigger language plpgsql as $$
        begin new.payload := new.payload - 'isHidden'; return new; end $$`);
      await client.query(`create trigger test_tell before insert on stream_entry
        for each row when (new.stream_id = 'conversation:${ids[0]}') execute function test_tell()`);
    });
    try {
      const frames = await framesOfReplies();
      expect(frames.filter(({ shared, own }) => !sameData(shared, own)).length).toBeGreaterThan(2);
    } finally {
      await withDatabase("messaging", (client) => client.query("drop function test_tell cascade"));
    }
  });
});

const sameData = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
