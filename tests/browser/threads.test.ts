// Guarantees about threads, edits and forwarding on the screen: two people in a thread live, the
// earlier texts of a message, two texts to choose from, and a message that goes elsewhere.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { mutate, read } from "../e2e/messaging/harness.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMessage } from "./people.ts";
import { button, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

async function aTalk() {
  const [ada, bob] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Bob Bemer")]);
  const id = await aGroup("Talk", ada, [bob]);
  return { ada, bob, id, path: `conversations/${id}` };
}

scenario("a link opens a thread, and none that is not of its conversation", async (stage) => {
  const { ada, bob, id, path } = await aTalk();
  const elsewhere = await aGroup("Elsewhere", ada, [bob]);
  const root = await aMessage(bob, id, "A question, bob-1.");
  const { page } = await stage.visitor("ada", { size: DESK });
  await signIn(page, site(), ada, { path: `${path}?thread=${root}`, shows: "Talk" });
  const { panel } = panelOf(page);
  await panel.getByText("bob-1").waitFor();
  await button(panel, "Close").click();
  await expect.poll(() => panel.count(), SOON).toBe(0);
  await expect.poll(() => page.url(), SOON).toBe(site().url(path));
  await page.goto(site().url(`conversations/${elsewhere}?thread=${root}`));
  await panel.getByText("This message is not available to you.").waitFor();
});

const panelOf = (page: Page) => {
  const panel = page.getByRole("region", { name: "Thread" });
  const box = panel.getByRole("textbox", { name: "Reply in the thread" });
  return {
    panel,
    box,
    replies: panel.getByRole("log", { name: "Replies" }).getByRole("article"),
    async send(text: string) {
      await box.fill(text);
      await button(panel, "Send reply").click();
    },
  };
};

scenario(
  "two people talk in a thread, and the main timeline shows how many replies",
  async (stage) => {
    const { ada, bob, path } = await aTalk();
    const [hers, his] = await Promise.all([
      stage.visitor("ada", { size: DESK }),
      stage.visitor("bob", { size: PHONE }),
    ]);
    await signIn(hers.page, site(), ada, { path, shows: "Talk" });
    await signIn(his.page, site(), bob, { path, shows: "Talk" });
    const [adaChat, bobChat] = [chatOf(hers.page), chatOf(his.page)];
    await adaChat.send("A question, ada-1.");
    await bobChat.expectWords(["ada-1"]);
    await bobChat.act("ada-1", "Reply in thread");
    const bobThread = panelOf(his.page);
    await bobThread.send("An answer, bob-1.");
    await adaChat.message("ada-1").getByText("1 reply").waitFor();
    await adaChat.message("ada-1").getByRole("img", { name: "New replies" }).waitFor();
    await adaChat.expectWords(["ada-1"]);
    await adaChat.message("ada-1").getByText("1 reply").click();
    const adaThread = panelOf(hers.page);
    await adaThread.replies.filter({ hasText: "bob-1" }).waitFor();
    await expectAccessible(hers.page, "a thread beside the log", [DESK]);
    await expectAccessible(his.page, "a thread over the log", [PHONE]);
    await adaThread.box.pressSequentially("Thanks @bo");
    await adaThread.panel.getByRole("option", { name: "Bob Bemer" }).waitFor();
    await adaThread.box.press("Enter");
    await adaThread.box.pressSequentially("for that, ada-2.");
    await adaThread.box.press("Enter");
    await bobThread.replies.filter({ hasText: "ada-2" }).locator("mark").waitFor();
    await adaChat.message("ada-1").getByText("2 replies").waitFor();
    const mark = adaChat.message("ada-1").getByRole("img", { name: "New replies" });
    await expect.poll(() => mark.count(), SOON).toBe(0);
    await adaChat.expectWords(["ada-1"]);
    await his.page.goBack();
    await expect.poll(() => bobThread.panel.count(), SOON).toBe(0);
    await bobChat.message("ada-1").getByText("2 replies").waitFor();
    await hers.page.reload();
    await adaThread.replies.filter({ hasText: "ada-2" }).waitFor();
    await adaThread.box.press("Escape");
    await expect.poll(() => adaThread.panel.count(), SOON).toBe(0);
    const isFocused = () => adaChat.message("ada-1").evaluate((node) => node.matches(":focus"));
    await expect.poll(isFocused, SOON).toBe(true);
    await adaChat.message("ada-1").getByText("2 replies").waitFor();
  },
);

scenario("a message shows its earlier texts, and of two edits one chooses", async (stage) => {
  const { ada, id, path } = await aTalk();
  const { page } = await stage.visitor("ada", { size: DESK });
  await signIn(page, site(), ada, { path, shows: "Talk" });
  const chat = chatOf(page);
  await chat.send("First, ada-1.");
  await chat.expectWords(["ada-1"]);
  await chat.act("ada-1", "Edit");
  const messageId = (await read(ada, id))?.messages.edges[0]?.node.id;
  await mutate("EditMessage", ada, { messageId, body: "From the phone, ada-2." });
  await chat.expectWords(["ada-2"]);
  await chat.box.fill("From the desk, ada-3.");
  await button(page, "Save").click();
  const asked = page.getByRole("alertdialog", { name: "The message was changed elsewhere" });
  await asked.getByText("From the phone, ada-2.").waitFor();
  await expectAccessible(page, "two texts of a message");
  await button(asked, "Use your text").click();
  await chat.expectWords(["ada-3"]);
  // The text shows before it is saved; the composer keeps it until then.
  await expect.poll(() => button(page, "Save").count(), SOON).toBe(0);
  await button(chat.message("ada-3"), "edited").click();
  const dialog = page.getByRole("dialog", { name: "Earlier texts" });
  await dialog.getByText("From the phone, ada-2.").waitFor();
  await dialog.getByText("First, ada-1.").waitFor();
  await expectAccessible(page, "earlier texts of a message");
});

scenario(
  "a message is forwarded to another conversation, also to one in the archive",
  async (stage) => {
    const { ada, bob, path } = await aTalk();
    const other = await aGroup("Elsewhere", ada, [bob]);
    await mutate("ArchiveConversation", ada, { conversationId: other });
    const { page } = await stage.visitor("ada", { size: PHONE });
    await signIn(page, site(), ada, { path, shows: "Talk" });
    const chat = chatOf(page);
    await chat.send("Worth reading, ada-1.");
    await chat.expectWords(["ada-1"]);
    await chat.act("ada-1", "Forward…");
    const dialog = page.getByRole("dialog", { name: "Forward message" });
    await dialog.getByRole("searchbox", { name: "Search conversations" }).fill("elsew");
    await expectAccessible(page, "where to forward a message");
    await dialog.getByRole("button", { name: "Elsewhere" }).click();
    await page.getByText("Forwarded to Elsewhere.").waitFor();
    await page.goto(site().url(`conversations/${other}`));
    await chat.expectWords(["ada-1"]);
    await chat.message("ada-1").getByText("Forwarded").waitFor();
  },
);
