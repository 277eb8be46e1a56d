// Guarantees about the log of a group: it says who joined and who left, between the messages where
// that happened, live and after a reload; and it shows who reacted.
import { expect } from "vitest";
import { mutate } from "../e2e/messaging/harness.ts";
import { dataOf } from "../kit/client.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMessage } from "./people.ts";
import { button, fill, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

/** Ada's group with Bob, who has written; Cy comes and goes. */
async function aTalk() {
  const [ada, bob, cy] = await Promise.all([
    aPerson("Ada Lovelace"),
    aPerson("Bob Bemer"),
    aPerson("Cy Twombly"),
  ]);
  const id = await aGroup("Talk", ada, [bob]);
  await aMessage(bob, id, "Before, bob-1.");
  const add = () => mutate("AddMembers", ada, { conversationId: id, userIds: [cy.id] });
  return { ada, bob, cy, id, add, path: `conversations/${id}` };
}

interface Messages {
  readonly conversation: { readonly messages: { readonly edges: { node: { id: string } }[] } };
}

function messagesOf(token: string, id: string): Promise<Messages> {
  const query = `query($id: ID!) { conversation(id: $id) { messages(first: 1) {
    edges { node { id } } } } }`;
  return dataOf<Messages>(query, { id }, { as: token });
}

scenario("it says who joined and left, where that happened", async (stage) => {
  const { ada, bob, cy, id, add, path } = await aTalk();
  const { page } = await stage.visitor("bob", { size: PHONE });
  await signIn(page, site(), bob, { path, shows: "Talk" });
  const chat = chatOf(page);
  await chat.expectWords(["bob-1"]);
  await add();
  await chat.log.getByText("Ada Lovelace added Cy Twombly").waitFor();
  await aMessage(cy, id, "Hello, cy-1.");
  await chat.expectWords(["bob-1", "cy-1"]);
  await mutate("RemoveMember", ada, { conversationId: id, userId: cy.id });
  await chat.log.getByText("Ada Lovelace removed Cy Twombly").waitFor();
  await chat.send("Behind, bob-2.");
  await chat.expectWords(["bob-1", "cy-1", "bob-2"]);
  const lines = async () => {
    const text = await chat.log.innerText();
    const told = ["bob-1", "added Cy", "cy-1", "removed Cy", "bob-2"];
    return told.map((each) => text.indexOf(each)).filter((at) => at >= 0);
  };
  const expectOrder = () =>
    expect
      .poll(async () => {
        const found = await lines();
        return found.length === 5 && found.every((at, n) => n === 0 || at > (found[n - 1] ?? 0));
      }, SOON)
      .toBe(true);
  await expectOrder();
  await expectAccessible(page, "a log with members who join and leave");
  await page.reload();
  await chat.expectWords(["bob-1", "cy-1", "bob-2"]);
  await expectOrder();
});

scenario("in French, too, and it shows who reacted", async (stage) => {
  const { ada, bob, cy, id, add, path } = await aTalk();
  await add();
  await mutate("LeaveConversation", cy, { conversationId: id });
  const { page } = await stage.visitor("ada", { locale: "fr-FR" });
  await page.goto(site().url(path));
  await fill(page, { "Adresse e-mail": ada.email, "Mot de passe": ada.password });
  await button(page, "Se connecter").click();
  await heading(page, "Talk").waitFor();
  await page.getByText("Vous avez ajouté Cy Twombly").waitFor();
  await page.getByText("Cy Twombly a quitté la conversation").waitFor();
  const message = page.getByRole("article").filter({ hasText: "bob-1" });
  await message.hover();
  await button(message, "Actions du message").click();
  await page.getByRole("menuitem", { name: "Copier le texte" }).waitFor();
  expect(await page.getByRole("menuitem", { name: "Voir qui a réagi" }).count()).toBe(0);
  await page.keyboard.press("Escape");
  const { conversation } = await messagesOf(bob.token, id);
  const messageId = conversation.messages.edges[0]?.node.id;
  for (const who of [bob, ada]) await mutate("AddReaction", who, { messageId, emoji: "🎉" });
  await message.getByRole("button", { name: "🎉 2" }).waitFor();
  await message.hover();
  await button(message, "Actions du message").click();
  await page.getByRole("menuitem", { name: "Voir qui a réagi" }).click();
  const dialog = page.getByRole("dialog", { name: "Réactions" });
  await dialog.getByText("Bob Bemer").waitFor();
  await dialog.getByText("Vous", { exact: true }).waitFor();
  await expectAccessible(page, "the people behind reactions");
});
