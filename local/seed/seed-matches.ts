// Seeds the matches: two people accept each other's suggestion, and messaging then opens their
// conversation. A pair that has answered already stays as it is.
import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { Send } from "./client.ts";
import { concurrently } from "./concurrently.ts";
import type { ConversationPlan } from "./conversations/plan.ts";
import { matches } from "./conversations.ts";
import type { ConversationToFill } from "./seed-conversations.ts";
import { memberOf } from "./seed-events.ts";
import type { Member, Members } from "./seed-people.ts";

const CONCURRENCY = 3;
const PAGE_SIZE_MAX = 100;
const OPENED_WITHIN_MS = 30_000;
const POLL_MS = 50;

const suggestionsOutcome = z.object({
  edges: z.array(
    z.object({ node: z.object({ id: z.string(), user: z.object({ id: z.string() }) }) }),
  ),
});
const answerOutcome = z.object({
  __typename: z.enum(["AnswerSuggestionSuccess", "AlreadyMatchedProblem"]),
});
const match = z.object({
  users: z.array(z.object({ id: z.string() })),
  conversation: z.object({ id: z.string() }).nullable(),
});
const matchesOutcome = z.object({ edges: z.array(z.object({ node: match })) });

/** Returns the conversations that matches have opened. Matching must already know all people. */
export async function seedMatches(
  send: Send,
  members: Members,
  onMatch: () => void,
): Promise<ConversationToFill[]> {
  const opened: ConversationToFill[] = [];
  await concurrently(CONCURRENCY, matches, async (plan) => {
    const [one, other] = pairOf(members, plan);
    if (!(await matchOf(send, one, other))) {
      await accept(send, one, other);
      await accept(send, other, one);
    }
    const id = await conversationOf(send, one, other);
    if (id) opened.push({ plan, id });
    onMatch();
  });
  return opened;
}

function pairOf(members: Members, { people }: ConversationPlan): [Member, Member] {
  const [one, other] = people.map((account) => memberOf(members, account));
  if (!one || !other) throw new Error("A demo match has fewer than two people.");
  return [one, other];
}

/** Does nothing without a suggestion: an earlier run has answered it. */
async function accept(send: Send, { accessToken }: Member, other: Member): Promise<void> {
  const { edges } = await send({
    operation: "MatchSuggestions",
    variables: { first: PAGE_SIZE_MAX },
    outcome: suggestionsOutcome,
    accessToken,
  });
  const suggestionId = edges.find(({ node }) => node.user.id === other.id)?.node.id;
  if (!suggestionId) return;
  const variables = { input: { suggestionId, answer: "ACCEPT" } };
  await send({ operation: "AnswerSuggestion", variables, outcome: answerOutcome, accessToken });
}

async function matchOf(send: Send, { accessToken }: Member, other: Member) {
  const { edges } = await send({
    operation: "Matches",
    variables: { first: PAGE_SIZE_MAX },
    outcome: matchesOutcome,
    accessToken,
  });
  return edges.find(({ node }) => node.users.some(({ id }) => id === other.id))?.node;
}

/** Null if a user of the demo has declined meanwhile. The seed keeps that. */
async function conversationOf(send: Send, one: Member, other: Member): Promise<string | null> {
  const giveUpAt = Date.now() + OPENED_WITHIN_MS;
  for (;;) {
    const match = await matchOf(send, one, other);
    if (!match) return null;
    if (match.conversation) return match.conversation.id;
    if (Date.now() > giveUpAt) {
      throw new Error(
        `A match has no conversation after ${OPENED_WITHIN_MS / 1_000} s. See the logs of matching ` +
          "and messaging. The next start continues from here.",
      );
    }
    await delay(POLL_MS);
  }
}
