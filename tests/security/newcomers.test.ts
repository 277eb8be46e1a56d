// Whatever path through the schema a newcomer of a group with `FROM_JOINING` takes, and at each id,
// no text from before they joined comes back. A member from before takes the same paths.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { aGroup, aMessage, codeOf, mutate, send } from "../e2e/messaging/harness.ts";
import { ask } from "../kit/client.ts";
import { aPerson, type Person } from "../kit/stories.ts";
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
