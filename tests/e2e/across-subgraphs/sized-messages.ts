// Sized runs of operations about one message: its thread and its earlier texts.
import type { Person } from "../../kit/stories.ts";
import { aGroup, aMessage, mutate, send } from "../messaging/harness.ts";
import type { SizedRun } from "./sized-run.ts";

/** A message with replies in its thread. */
async function aThread(person: Person, replies: number): Promise<string> {
  const group = await aGroup(person, []);
  const { id: threadRootId } = await aMessage(person, group);
  for (let at = 1; at <= replies; at += 1) {
    await send(person, group, `reply ${at}`, { threadRootId });
  }
  return threadRootId;
}

/** A message with earlier texts. */
async function anEditedMessage(person: Person, edits: number): Promise<string> {
  const { id: messageId } = await aMessage(person, await aGroup(person, []));
  for (let at = 1; at <= edits; at += 1) {
    await mutate("EditMessage", person, { messageId, body: `text ${at}` });
  }
  return messageId;
}

export const MESSAGE_RUNS: Readonly<Record<string, SizedRun>> = {
  MessageEdits: async ({ ada }, first) => ({
    as: ada,
    variables: { id: await anEditedMessage(ada, first), first },
  }),
  ThreadPage: async ({ ada }, last) => ({
    as: ada,
    variables: { id: await aThread(ada, last), last },
  }),
};
