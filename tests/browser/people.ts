// The people of these tests and their conversations, made through the API.
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { aPairWithOneSkill, match } from "../kit/pairs.ts";
import type { Person } from "../kit/stories.ts";

export interface Pair {
  readonly ada: Person;
  readonly grace: Person;
  readonly conversationId: string;
}

/** Ada Lovelace and Grace Hopper, who have accepted each other, and their conversation. */
export async function aMatchedPair(): Promise<Pair> {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  await match(people);
  const conversationId = await expect
    .poll(() => firstConversationOf(ada), { timeout: 20_000 })
    .not.toBeNull()
    .then(() => firstConversationOf(ada));
  return { ada, grace, conversationId: conversationId ?? "" };
}

interface Conversations {
  readonly conversations: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

async function firstConversationOf({ token }: Person): Promise<string | null> {
  const { conversations } = await dataOf<Conversations>(
    operation("Conversations"),
    { first: 1 },
    { as: token },
  );
  return conversations.edges[0]?.node.id ?? null;
}

/** A group with its title. The first person owns it. */
export async function aGroup(title: string, owner: Person, others: readonly Person[]) {
  const input = { title, memberIds: others.map(({ id }) => id) };
  const { createGroupConversation } = await dataOf<{
    createGroupConversation: { conversation: { id: string } };
  }>(operation("CreateGroupConversation"), { input }, { as: owner.token });
  return createGroupConversation.conversation.id;
}

/** Sends a message through the API. Returns its id. */
export async function aMessage(sender: Person, conversationId: string, body: string) {
  const input = { conversationId, clientMessageId: randomUUID(), body };
  const { sendMessage } = await dataOf<{ sendMessage: { message: { id: string } } }>(
    operation("SendMessage"),
    { input },
    { as: sender.token },
  );
  return sendMessage.message.id;
}

/** The texts of the messages that a person sees, through the API. */
export async function bodiesOf({ token }: Person, id: string): Promise<(string | null)[]> {
  const { conversation } = await dataOf<{
    conversation: { messages: { edges: readonly { node: { body: string | null } }[] } };
  }>(operation("ConversationPage"), { id, last: 100 }, { as: token });
  return conversation.messages.edges.map(({ node }) => node.body);
}
