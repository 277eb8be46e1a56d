// Guarantees about a person's card: it leads to a conversation, and a block ends what it says.
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { chatOf } from "./chat.ts";
import { aMatchedPair } from "./people.ts";
import { button, choose, heading, signIn } from "./screens.ts";
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

  await his.page.getByRole("alert").filter({ hasText: "not for you" }).waitFor();
  const chat = chatOf(his.page);
  expect(await chat.box.count()).toBe(0);
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
