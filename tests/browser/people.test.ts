// Guarantees about a person's card: it leads to a conversation, and a block ends what it says.
import { expect } from "vitest";
import { eraseIn } from "../kit/erasures.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aMatchedPair, aMessage } from "./people.ts";
import { button, choose, fill, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

scenario("a card leads to the conversation with its person, always the same", async (stage) => {
  const { ada, grace, conversationId } = await aMatchedPair();
  const { page } = await stage.visitor("ada", { size: PHONE });
  const path = `people/${grace.id}`;
  await signIn(page, site(), ada, { path, shows: "Grace Hopper" });
  await button(page, "Message").click();
  await chatOf(page).box.waitFor();
  expect(page.url()).toBe(site().url(`conversations/${conversationId}`));
});

scenario("a blocked person cannot write, until the block is lifted", async ({ visitor }) => {
  const { ada, grace, conversationId } = await aMatchedPair();
  const [hers, his] = [await visitor("ada"), await visitor("grace")];
  await signIn(hers.page, site(), ada, { path: `people/${grace.id}`, shows: "Grace Hopper" });
  const path = `conversations/${conversationId}`;
  await signIn(his.page, site(), grace, { path, shows: "Ada Lovelace" });
  await button(hers.page, "Block").click();
  const question = hers.page.getByRole("alertdialog");
  await button(question, "Cancel").click();
  await expect.poll(() => question.count(), SOON).toBe(0);
  await button(hers.page, "Block").click();
  await button(question, "Block").click();
  await button(hers.page, "Unblock").waitFor();

  await his.page.getByText("You cannot write in this conversation.").waitFor();
  const chat = chatOf(his.page);
  expect(await chat.box.count()).toBe(0);
  await expectAccessible(his.page, "a closed conversation");
  // Ada is told how to open it again, Grace is not.
  await hers.page.goto(site().url(path));
  await hers.page.getByText("You block Grace Hopper.").waitFor();
  await expectAccessible(hers.page, "a conversation that she closed");
  await hers.page.getByRole("link", { name: "To their profile" }).click();
  await button(hers.page, "Unblock").click();
  await button(hers.page, "Block").waitFor();
  // Messaging hears of it soon.
  await expect
    .poll(async () => {
      const again = button(his.page, "Try again");
      if (await again.isVisible()) await again.click();
      return chat.box.isVisible();
    }, SOON)
    .toBe(true);
  await chat.send("Hello grace-1.");
  await button(hers.page, "Message").click();
  await chatOf(hers.page).expectWords(["grace-1"]);
});

scenario(
  "a conversation with an erased account is read, and nobody can write there",
  async (stage) => {
    const { ada, grace, conversationId } = await aMatchedPair();
    await aMessage(ada, conversationId, "See you there, grace-1.");
    await aMessage(grace, conversationId, "Till then, ada-1.");
    const path = `conversations/${conversationId}`;
    const { page } = await stage.visitor("ada", { size: PHONE, locale: "fr-FR" });
    await page.goto(site().url(path));
    await fill(page, { "Adresse e-mail": ada.email, "Mot de passe": ada.password });
    await button(page, "Se connecter").click();
    const box = page.getByRole("textbox", { name: "Message", exact: true });
    await box.waitFor();
    await eraseIn("messaging", grace.id);
    await page.getByText("Ce compte n’existe plus. Personne ne lirait").waitFor();
    await heading(page, "Compte supprimé").waitFor();
    expect(await box.count()).toBe(0);
    const own = page.getByRole("article").filter({ hasText: "See you there" });
    await own.hover();
    await button(own, "Actions du message").click();
    const items = page.getByRole("menuitem");
    await expect
      .poll(() => items.allInnerTexts(), SOON)
      .toEqual(["Copier le texte", "Transférer…", "Supprimer", "Supprimer pour moi"]);
    await page.keyboard.press("Escape");
    await expectAccessible(page, "a conversation with an erased account");
  },
);

scenario("one's own card is in the menu", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada");
  await signIn(page, site(), ada);
  await choose(page, "My card", "menuitem");
  await heading(page, "Ada Lovelace").waitFor();
  expect(page.url()).toBe(site().url(`people/${ada.id}`));
  expect(await button(page, "Block").count()).toBe(0);
  await page.getByText(ada.email).waitFor();
});
