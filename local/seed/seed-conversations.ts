// Seeds the conversations: opens those that are missing, and has people say, edit, react and read
// what the plan says, in its order. What is there already stays as it is.
import { z } from "zod";
import { Refusal, type Send } from "./client.ts";
import { type ConversationPlan, conversations, type LinePlan, matches } from "./conversations.ts";
import { inLanes } from "./in-lanes.ts";
import { memberOf } from "./seed-events.ts";
import type { Member, Members } from "./seed-people.ts";

/** A conversation that is there, or is to be opened by its first person. */
export interface ConversationToFill {
  readonly plan: ConversationPlan;
  readonly id: string | null;
}

/** Those that nobody has to bring together. */
export const unopened: readonly ConversationToFill[] = conversations.map((plan) => ({
  plan,
  id: null,
}));

export const messageCount = [...conversations, ...matches].reduce(
  (sum, { lines }) => sum + lines.length,
  0,
);

const LANES = 6;
/** Of whoever opens the groups. More of them in one operation would cost too much. */
const CONVERSATIONS_MAX = 50;

const conversation = z.object({ id: z.string() });
const openOutcome = z.object({
  __typename: z.literal("OpenDirectConversationSuccess"),
  conversation,
});
const createOutcome = z.object({
  __typename: z.literal("CreateGroupConversationSuccess"),
  conversation,
});
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
  // A long one that began last would run alone at the end.
  const longestFirst = toFill.toSorted((a, b) => b.plan.lines.length - a.plan.lines.length);
  await inLanes(LANES, longestFirst, async ({ plan, id }) => {
    try {
      await fill(send, members, plan, id ?? (await open(send, members, plan)), onMessage);
    } catch (error) {
      // Somebody used the demo between two runs of the seed, has left or blocked: that stands.
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
    const variables = { input: { userId: other.id } };
    const request = { operation: "OpenDirectConversation", variables, accessToken };
    return (await send({ ...request, outcome: openOutcome })).conversation.id;
  }
  const known = await groupOf(send, opener, plan.title);
  if (known) return known;
  const input = { title: plan.title, memberIds: others.map(({ id }) => id) };
  const request = { operation: "CreateGroupConversation", variables: { input }, accessToken };
  return (await send({ ...request, outcome: createOutcome })).conversation.id;
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
  const said: z.infer<typeof message>[] = [];
  for (const [at, line] of plan.lines.entries()) {
    const replyToId = line.replyTo === undefined ? null : said[line.replyTo]?.id;
    const about = { conversationId, replyToId, clientMessageId: `demo-${at}` };
    said.push(await say(send, members, line, about));
    onMessage();
  }
  for (const account of plan.people) {
    const seq = said.at(-1 - (plan.unread?.[account] ?? 0))?.seq;
    if (seq === undefined) continue;
    const { accessToken } = memberOf(members, account);
    const variables = { input: { conversationId, seq } };
    await send({ operation: "MarkRead", variables, outcome: readOutcome, accessToken });
  }
}

async function say(
  send: Send,
  members: Members,
  { by, says, editedTo, reactions = {} }: LinePlan,
  about: object,
): Promise<z.infer<typeof message>> {
  const { accessToken } = memberOf(members, by);
  const variables = { input: { ...about, body: says.join(" ") } };
  const sent = { operation: "SendMessage", variables, outcome: sendOutcome, accessToken };
  const { message: said } = await send(sent);
  if (editedTo !== undefined) {
    const variables = { input: { messageId: said.id, body: editedTo.join(" ") } };
    await send({ operation: "EditMessage", variables, outcome: editOutcome, accessToken });
  }
  for (const [emoji, accounts] of Object.entries(reactions)) {
    for (const account of accounts) {
      const variables = { input: { messageId: said.id, emoji } };
      const { accessToken } = memberOf(members, account);
      await send({ operation: "AddReaction", variables, outcome: reactOutcome, accessToken });
    }
  }
  return said;
}
