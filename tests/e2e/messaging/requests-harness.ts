// Strangers, and their message requests, through the API.
import { operation } from "../../../schema/operations.ts";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { mutate, type Result, withoutNames } from "./harness.ts";

/** `count` people who know nobody. */
export async function strangers<const N extends number>(count: N) {
  const people = await tokenHolders(count);
  await makeStrangers(people as readonly TokenHolder[]);
  return people;
}

/** Opens the direct conversation of two people, and returns its id. */
export async function opens(who: TokenHolder, other: TokenHolder): Promise<string> {
  const { conversation } = await mutate("OpenDirectConversation", who, { userId: other.id });
  if (!conversation) throw new Error("no conversation was opened");
  return conversation.id;
}

export interface ListedRequest {
  readonly conversationId: string;
  readonly kind: string;
  readonly text: string | null;
  readonly title: string | null;
  readonly memberCount: number;
  readonly sender: { readonly id: string } | null;
}

interface Requests {
  readonly messageRequests: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: ListedRequest }[];
  };
}

/** The requests that wait for a person, as they list them. */
export async function requestsOf({ token }: TokenHolder): Promise<ListedRequest[]> {
  const { messageRequests } = await dataOf<Requests>(
    withoutNames("MessageRequests"),
    { first: 20 },
    { as: token },
  );
  const listed = messageRequests.edges.map(({ node }) => node);
  if (listed.length !== messageRequests.totalCount) throw new Error("the count is another");
  return listed;
}

/** Answers a request, and returns the result. */
export async function answer(
  who: TokenHolder,
  conversationId: string,
  given: "ACCEPT" | "REFUSE",
): Promise<Result> {
  return mutate("AnswerMessageRequest", who, { conversationId, answer: given });
}

/** The same with the errors of the answer. */
answer.asked = (who: TokenHolder, conversationId: string, given: "ACCEPT" | "REFUSE") =>
  ask(
    operation("AnswerMessageRequest"),
    { input: { conversationId, answer: given } },
    { as: who.token },
  );

/** The ids of the conversations in a person's list. */
export async function listedBy({ token }: TokenHolder): Promise<string[]> {
  const { conversations } = await dataOf<{
    conversations: { edges: readonly { readonly node: { readonly id: string } }[] };
  }>(withoutNames("Conversations"), { first: 20 }, { as: token });
  return conversations.edges.map(({ node }) => node.id);
}
