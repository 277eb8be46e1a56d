// Messages to somebody whose account is erased: refused with a reason, from the moment of the end
// on, whoever sends at the same time.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { ask, refusalOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { eraseIn, tellErasure, untilErased } from "../../kit/erasures.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { logOf, mutate, upTo } from "./harness.ts";

const DIRECT = operation("OpenDirectConversation");

async function direct(one: TokenHolder, other: TokenHolder): Promise<string> {
  const { conversation } = await mutate("OpenDirectConversation", one, { userId: other.id });
  return conversation?.id ?? "";
}

async function sendingOf(id: string, { token }: TokenHolder): Promise<string | undefined> {
  const query = "query($id: ID!) { conversation(id: $id) { sending } }";
  const answer = await ask<{ conversation: { sending: string } }>(query, { id }, { as: token });
  return answer.data?.conversation.sending;
}

describe("an erased account", () => {
  test("is written to by nobody: the sender is told, and a message from before stays itself", async () => {
    const [ada, bob] = await tokenHolders(2);
    const pair = await direct(ada, bob);
    const input = { conversationId: pair, clientMessageId: randomUUID(), body: "in time" };
    const before = await mutate("SendMessage", bob, input);
    expect(await sendingOf(pair, bob)).toBe("OPEN");
    await eraseIn("messaging", ada.id);

    expect(await sendingOf(pair, bob)).toBe("RECIPIENT_GONE");
    const log = await logOf(pair);
    const late = { ...input, clientMessageId: randomUUID() };
    for (const router of [0, 1]) {
      expect(await mutate("SendMessage", bob, late, router)).toEqual({
        __typename: "RecipientGoneProblem",
        reason: "The account of the other person no longer exists.",
      });
    }
    expect(await logOf(pair)).toEqual(log);
    // A client that never had the answer sends again, and gets the message that is stored.
    const again = await mutate("SendMessage", bob, input);
    expect(again.message?.id).toBe(before.message?.id);
    expect((await mutate("SendMessage", bob, { ...input, body: "another" })).__typename).toBe(
      "IdempotencyConflictProblem",
    );
    const { id: messageId = "" } = before.message ?? {};
    const deletion = await mutate("DeleteMessage", bob, { messageId });
    expect(deletion.__typename).toBe("DeleteMessageSuccess");
  });

  test("gets no message behind its end, however many are sent at once with it", async () => {
    const [ada, bob] = await tokenHolders(2);
    const pair = await direct(ada, bob);
    const erasing = tellErasure(ada.id);
    const outcomes: string[] = [];
    // Sends go on until both replicas have refused some.
    const sender = async (router: number) => {
      for (let refused = 0; refused < 3; ) {
        const input = { conversationId: pair, clientMessageId: randomUUID(), body: "late" };
        const { __typename: outcome } = await mutate("SendMessage", bob, input, router);
        outcomes.push(outcome);
        if (outcome === "RecipientGoneProblem") refused += 1;
      }
    };
    await Promise.all(upTo(10).map((at) => sender(at % 2)));
    await untilErased("messaging", await erasing);
    const types = (await logOf(pair)).map(({ type }) => type);
    expect(types.at(-1)).toBe("membersChanged");
    const sent = outcomes.filter((outcome) => outcome === "SendMessageSuccess");
    expect(types.filter((type) => type === "messageSent")).toHaveLength(sent.length);
  });

  test("cannot be reached from the moment that its end is told", async () => {
    const [ada, bob] = await tokenHolders(2);
    const pair = await direct(ada, bob);
    const isTold = "select from erasure where user_id = $1";
    // While somebody holds the lock of the conversation, the erasure is told and not done.
    await withDatabase("messaging", async (client) => {
      await client.query("begin");
      await client.query("select from stream where id = $1 for update", [`conversation:${pair}`]);
      const erasing = tellErasure(ada.id);
      await untilRows("messaging", isTold, [ada.id], 1);
      const wish = { input: { userId: ada.id } };
      expect(await refusalOf(DIRECT, wish, { as: bob.token })).toMatchObject({ code: "NOT_FOUND" });
      await client.query("commit");
      await untilErased("messaging", await erasing);
    });
  });
});
