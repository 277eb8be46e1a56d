// A conversation of two people in which nobody can write any more, as a screen has it, against the
// real stack: what was said stays, and the screen learns why it is closed.

import { expect, test } from "vitest";
import { openConversation } from "../../../clients/sdk/open-conversation.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { aPerson } from "../../kit/stories.ts";
import { aMessage, mutate } from "../messaging/harness.ts";
import { POLL, QUICK, startClient, startLine } from "./harness.ts";

/** The screen of one of two people, with a message of the other. */
async function aScreen() {
  const [ada, bob, line] = await Promise.all([aPerson("Ada"), aPerson("Bob"), startLine()]);
  const { conversation } = await mutate("OpenDirectConversation", ada, { userId: bob.id });
  const id = conversation?.id ?? "";
  await aMessage(ada, id, "from before");
  const client = startClient(line, bob, QUICK);
  const screen = openConversation(client, id);
  await expect.poll(() => screen.getSnapshot().status, POLL).toBe("ready");
  expect(screen.getSnapshot().sending).toBe("OPEN");
  const block = (name: string) =>
    dataOf(operation(name), { input: { userId: bob.id } }, { as: ada.token });
  return { ada, bob, id, client, screen, block };
}

type Screen = Awaited<ReturnType<typeof aScreen>>["screen"];

const facts = (screen: Screen) => {
  const { status, sending, messages } = screen.getSnapshot();
  return [status, sending, ...messages.map(({ body }) => body)];
};

test("a block closes the conversation on the screen, and what was said stays", async () => {
  const { ada, bob, id, client, screen, block } = await aScreen();
  await block("BlockUser");
  const closed = ["ready", "CLOSED", "from before"];
  await expect.poll(() => facts(screen), POLL).toEqual(closed);
  const another = openConversation(client, id);
  await expect.poll(() => facts(another), POLL).toEqual(closed);
  await block("UnblockUser");
  const query = operation("OpenDirectConversation");
  await expect
    .poll(async () => {
      const { errors } = await ask(query, { input: { userId: bob.id } }, { as: ada.token });
      return errors;
    }, POLL)
    .toBeUndefined();
  const later = openConversation(client, id);
  await expect.poll(() => facts(later), POLL).toEqual(["ready", "OPEN", "from before"]);
  later.send("hello again");
  await expect.poll(() => facts(later).at(-1), POLL).toBe("hello again");
});

test("an erased account takes its texts, and the screen says that nobody is there", async () => {
  const { ada, screen } = await aScreen();
  await eraseIn("messaging", ada.id);
  await expect.poll(() => facts(screen), POLL).toEqual(["ready", "RECIPIENT_GONE", null]);
  expect(screen.getSnapshot().members).toHaveLength(1);
  const clientMessageId = screen.send("Is anybody there?");
  await expect
    .poll(() => screen.getSnapshot().outgoing, POLL)
    .toMatchObject([{ clientMessageId, status: "failed", code: "RecipientGoneProblem" }]);
});
