// Seeds the conversations: opens the missing ones, then sends, edits, reacts and reads as the plan
// says, in its order. Repeating it changes nothing that is there.
import { z } from "zod";
import { Refusal, type Send } from "./client.ts";
import { concurrently } from "./concurrently.ts";
import type { ConversationPlan, MessagePlan } from "./conversations/plan.ts";
import { conversations, matches } from "./conversations.ts";
import { memberOf } from "./seed-events.ts";
import type { Member, Members } from "./seed-people.ts";

export interface ConversationToFill {
  readonly plan: ConversationPlan;
  /** Null: the first person of the plan opens it. */
  readonly id: string | null;
}

/** All conversations that need no match. */
export const unopened: readonly ConversationToFill[] = conversations.map((plan) => ({
  plan,
  id: null,
}));

export const messageCount = [...conversations, ...matches].reduce(
  (sum, { messages }) => sum + messages.length,
  0,
);

const CONCURRENCY = 6;
/** How many conversations of a group's owner are searched. More would exceed the cost limit. */
const CONVERSATIONS_MAX = 50;

const conversation = z.object({ id: z.string() });
const openOutcome = z.object({
  __typename: z.literal("OpenDirectConversationSuccess"),
  conversation,
});
const createOutcome = z.object({
  __typename: z.literal("CreateGroupConversationSuccess"),
  conversation,
  invitedUserIds: z.array(z.string()),
});
const answerOutcome = z.object({ __typename: z.literal("AnswerMessageRequestSuccess") });
const listOutcome = z.object({
  edges: z.array(z.object({ node: conversation.extend({ title: z.string().nullable() }) })),
});
const message = z.object({ id: z.string(), seq: z.number() });
const sendOutcome = z.object({ __typename: z.literal("SendMessageSuccess"), message });
const editOutcome = z.object({
  __typename: z.enum(["EditMessageSuccess", "MessageDeletedProblem"]),
});
const reactOutcome = z.object({
  __typename: z.enum(["AddReactionSuccess", "MessageDeletedProblem"]),
});
const readOutcome = z.object({ __typename: z.literal("MarkReadSuccess") });

export async function seedConversations(
  send: Send,
  members: Members,
  toFill: readonly ConversationToFill[],
  onMessage: () => void,
): Promise<void> {
  // A long one that starts last would run alone at the end.
  const longestFirst = toFill.toSorted((a, b) => b.plan.messages.length - a.plan.messages.length);
  await concurrently(CONCURRENCY, longestFirst, async ({ plan, id }) => {
    try {
      await fill(send, members, plan, id ?? (await open(send, members, plan)), onMessage);
    } catch (error) {
      // A user of the demo left or blocked somebody between two runs. The seed keeps that.
      if (!(error instanceof Refusal) || error.code !== "NOT_FOUND") throw error;
    }
  });
}

async function open(send: Send, members: Members, plan: ConversationPlan): Promise<string> {
  const [opener, ...others] = plan.people.map((account) => memberOf(members, account));
  const [other] = others;
  if (!opener || !other) throw new Error("A demo conversation has fewer than two people.");
  const { accessToken } = opener;
  if (plan.title === null) {
    const open = (userId: string, accessToken: string) => {
      const variables = { input: { userId } };
      const request = { operation: "OpenDirectConversation", variables, accessToken };
      return send({ ...request, outcome: openOutcome });
    };
    await open(other.id, accessToken);
    // Also by the other one, who may be a stranger and then accepts by it.
    return (await open(opener.id, other.accessToken)).conversation.id;
  }
  const known = await groupOf(send, opener, plan.title);
  if (known) return known;
  const input = { title: plan.title, memberIds: others.map(({ id }) => id) };
  const request = { operation: "CreateGroupConversation", variables: { input }, accessToken };
  const { conversation: group, invitedUserIds } = await send({
    ...request,
    outcome: createOutcome,
  });
  for (const { accessToken } of others.filter((each) => invitedUserIds.includes(each.id))) {
    const variables = { input: { conversationId: group.id, answer: "ACCEPT" } };
    const answered = { operation: "AnswerMessageRequest", variables, outcome: answerOutcome };
    await send({ ...answered, accessToken });
  }
  return group.id;
}

async function groupOf(
  send: Send,
  { accessToken }: Member,
  title: string,
): Promise<string | undefined> {
  const variables = { first: CONVERSATIONS_MAX };
  const request = { operation: "Conversations", variables, accessToken };
  const { edges } = await send({ ...request, outcome: listOutcome });
  return edges.find(({ node }) => node.title === title)?.node.id;
}

async function fill(
  send: Send,
  members: Members,
  plan: ConversationPlan,
  conversationId: string,
  onMessage: () => void,
): Promise<void> {
  const sent: z.infer<typeof message>[] = [];
  for (const [at, each] of plan.messages.entries()) {
    const replyToId = each.replyTo === undefined ? null : sent[each.replyTo]?.id;
    const input = { conversationId, replyToId, clientMessageId: `demo-${at}` };
    sent.push(await seedMessage(send, members, each, input));
    onMessage();
  }
  for (const account of plan.people) {
    const seq = sent.at(-1 - (plan.unread?.[account] ?? 0))?.seq;
    if (seq === undefined) continue;
    const { accessToken } = memberOf(members, account);
    const variables = { input: { conversationId, seq } };
    await send({ operation: "MarkRead", variables, outcome: readOutcome, accessToken });
  }
}

async function seedMessage(
  send: Send,
  members: Members,
  { sender, sentences, editedTo, reactions = {} }: MessagePlan,
  input: object,
): Promise<z.infer<typeof message>> {
  const { accessToken } = memberOf(members, sender);
  const variables = { input: { ...input, body: sentences.join(" ") } };
  const request = { operation: "SendMessage", variables, outcome: sendOutcome, accessToken };
  const { message: sent } = await send(request);
  if (editedTo !== undefined) {
    const variables = { input: { messageId: sent.id, body: editedTo.join(" ") } };
    await send({ operation: "EditMessage", variables, outcome: editOutcome, accessToken });
  }
  for (const [emoji, accounts] of Object.entries(reactions)) {
    for (const account of accounts) {
      const variables = { input: { messageId: sent.id, emoji } };
      const { accessToken } = memberOf(members, account);
      await send({ operation: "AddReaction", variables, outcome: reactOutcome, accessToken });
    }
  }
  return sent;
}
