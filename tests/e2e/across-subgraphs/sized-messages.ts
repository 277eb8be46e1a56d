// Sized runs of operations about messages: what they mention, their threads, their earlier
// texts and requests.
import { randomUUID } from "node:crypto";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { untilRows } from "../../kit/database.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { upload } from "../messaging/attaching.ts";
import { aGroup, aMessage, mutate, send } from "../messaging/harness.ts";
import { input, type SizedRun } from "./sized-run.ts";

/** A message with replies in its thread. */
async function aThread(person: Person, replies: number): Promise<string> {
  const group = await aGroup(person, []);
  const { id: threadRootId } = await aMessage(person, group);
  for (let at = 1; at <= replies; at += 1) {
    await send(person, group, `reply ${at}`, { threadRootId });
  }
  return threadRootId;
}

/** Somebody who follows threads. */
async function aFollower(
  { ada, friends }: { ada: Person; friends: readonly Person[] },
  size: number,
) {
  const group = await aGroup(ada, friends.slice(0, 1));
  const [follower = ada] = friends;
  for (let at = 1; at <= size; at += 1) {
    const { id: threadRootId } = await aMessage(follower, group);
    await send(ada, group, "reply", { threadRootId });
  }
  return follower;
}

/** A message with earlier texts. */
async function anEditedMessage(person: Person, edits: number): Promise<string> {
  const { id: messageId } = await aMessage(person, await aGroup(person, []));
  for (let at = 1; at <= edits; at += 1) {
    await mutate("EditMessage", person, { messageId, body: `text ${at}` });
  }
  return messageId;
}

/** A text that mentions people. */
function mentioning(people: readonly Person[]) {
  const mentions = people.map(({ id: userId }, at) => ({ userId, start: 3 * at, length: 2 }));
  return { body: people.map(() => "@a").join(" "), mentions };
}

/** Somebody to whom strangers have written. */
async function aReceiver(senders: readonly Person[]): Promise<Person> {
  const receiver = await aPerson("Receiver");
  await makeStrangers([receiver]);
  await untilRows("messaging", "select from person where id = $1", [receiver.id], 1);
  for (const sender of senders) {
    const opened = await mutate("OpenDirectConversation", sender, { userId: receiver.id });
    await send(sender, opened.conversation?.id ?? "", "hello");
  }
  return receiver;
}

/** A message has no more. */
const FILES_MAX = 10;

/** Files of a person for a conversation. */
async function someFiles(person: Person, group: string, count: number): Promise<string[]> {
  const contents = Buffer.from("hello");
  const one = () => upload(person, group, { contents, contentType: "text/plain" });
  return Promise.all(Array.from({ length: count }, one));
}

export const MESSAGE_RUNS: Readonly<Record<string, SizedRun>> = {
  FindMessage: async ({ ada }, size) => {
    const group = await aGroup(ada, []);
    const attachmentIds = await someFiles(ada, group, Math.min(size, FILES_MAX));
    const { message } = await send(ada, group, "with files", { attachmentIds });
    return { as: ada, variables: { id: message?.id } };
  },
  Attachments: async ({ ada }, size) => ({
    as: ada,
    variables: { ids: await someFiles(ada, await aGroup(ada, []), size) },
  }),
  MessageEdits: async ({ ada }, first) => ({
    as: ada,
    variables: { id: await anEditedMessage(ada, first), first },
  }),
  MessageRequests: async ({ friends }, first) => ({
    as: await aReceiver(friends.slice(0, first)),
    variables: { first },
  }),
  FollowedThreads: async (cast, first) => ({
    as: await aFollower(cast, first),
    variables: { first },
  }),
  ThreadPage: async ({ ada }, last) => ({
    as: ada,
    variables: { id: await aThread(ada, last), last },
  }),
  SendMessage: async ({ ada, friends }, size) => {
    const some = friends.slice(0, size);
    const conversationId = await aGroup(ada, some);
    return input(ada, { conversationId, clientMessageId: randomUUID(), ...mentioning(some) });
  },
  EditMessage: async ({ ada, friends }, size) => {
    const some = friends.slice(0, size);
    const { id: messageId } = await aMessage(ada, await aGroup(ada, some));
    return input(ada, { messageId, ...mentioning(some) });
  },
};
