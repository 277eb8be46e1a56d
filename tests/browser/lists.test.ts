// Guarantees about the lists of conversations: what a person sets on one device shows on the other.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMatchedPair, aMessage, bodiesOf } from "./people.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

const row = (page: Page, name: string) =>
  page.getByRole("list", { name: "Conversations" }).getByRole("listitem").filter({ hasText: name });

/** Chooses items of the menu of a row, one behind the other. */
async function setIn(page: Page, name: string, ...items: readonly string[]): Promise<void> {
  await row(page, name).hover();
  await button(page, `Actions: ${name}`).click();
  for (const item of items) {
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  }
}

const mark = (page: Page, name: string, label: string) =>
  row(page, name).getByRole("img", { name: label, exact: true });

scenario("settings of a conversation show on both devices, and choose its lists", async (stage) => {
  const [ada, grace] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Grace Hopper")]);
  await aGroup("Walks", ada, [grace]);
  const talks = await aGroup("Talks", ada, [grace]);
  const [desk, phone] = [
    await stage.visitor("desk"),
    await stage.visitor("phone", { size: PHONE }),
  ];
  for (const { page } of [desk, phone]) await signIn(page, site(), ada);
  await setIn(desk.page, "Talks", "Add to favourites");
  await mark(phone.page, "Talks", "Favourite").waitFor();
  await setIn(desk.page, "Talks", "Mark as unread");
  await mark(phone.page, "Talks", "Marked as unread").waitFor();
  await expect.poll(() => phone.page.title(), SOON).toMatch(/^\(1\) /);
  await setIn(phone.page, "Talks", "Mute", "For 8 hours");
  await mark(desk.page, "Talks", "Muted").waitFor();
  await expect.poll(() => desk.page.title(), SOON).toMatch(/^Conversations/);

  const lists = desk.page.getByRole("navigation", { name: "Lists" });
  await link(lists, "Favourites").click();
  await row(desk.page, "Walks").waitFor({ state: "detached" });
  await row(desk.page, "Talks").waitFor();
  await setIn(phone.page, "Talks", "Remove from favourites");
  await desk.page.getByText("No favourites yet.").waitFor();
  await setIn(phone.page, "Talks", "Mark as read");
  await link(lists, "Unread").click();
  await desk.page.getByText("Nothing is unread.").waitFor();
  await aMessage(grace, talks, "A hall is found");
  await row(desk.page, "A hall is found").waitFor();

  await setIn(desk.page, "Talks", "Archive");
  await row(phone.page, "Talks").waitFor({ state: "detached" });
  await link(phone.page, "Archive").click();
  await heading(phone.page, "Archive").waitFor();
  await setIn(phone.page, "Talks", "Move out of the archive");
  await phone.page.getByText("Nothing is in the archive.").waitFor();
  await link(phone.page, "All conversations").click();
  await row(phone.page, "A hall is found").waitFor();
});

scenario(
  "a conversation of two is hidden until its next message, and a group is left",
  async (stage) => {
    const { ada, grace, conversationId } = await aMatchedPair();
    await aGroup("Walks", grace, [ada]);
    const { page } = await stage.visitor("ada", { size: PHONE });
    await signIn(page, site(), ada);
    await setIn(page, "Grace Hopper", "Hide until the next message");
    await row(page, "Grace Hopper").waitFor({ state: "detached" });
    await aMessage(grace, conversationId, "Are you there?");
    await row(page, "Are you there?").waitFor();
    await setIn(page, "Walks", "Leave");
    await button(page.getByRole("alertdialog"), "Leave").click();
    await row(page, "Walks").waitFor({ state: "detached" });
  },
);

scenario("the note to self is one conversation, found above the list and in it", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada);
  await link(page, "Note to self").click();
  await heading(page, "Note to self").waitFor();
  await page.getByText("Only you see it").waitFor();
  await chatOf(page).send("Ask Grace about the hall");
  await chatOf(page).message("Ask Grace about the hall").waitFor();
  await link(page, "Conversations").first().click();
  await row(page, "Note to self").getByText("Ask Grace about the hall").waitFor();
  await link(page, "Note to self").click();
  await chatOf(page).message("Ask Grace about the hall").waitFor();
});

scenario(
  "what one deletes for oneself is gone on the other device, and for nobody else",
  async (stage) => {
    const { ada, grace, conversationId } = await aMatchedPair();
    for (const body of ["one", "two", "three"]) await aMessage(grace, conversationId, body);
    const [desk, phone] = [
      await stage.visitor("desk"),
      await stage.visitor("phone", { size: PHONE }),
    ];
    const at = { path: `conversations/${conversationId}`, shows: "Grace Hopper" };
    for (const { page } of [desk, phone]) await signIn(page, site(), ada, at);
    const [onDesk, onPhone] = [chatOf(desk.page), chatOf(phone.page)];
    await onPhone.message("three").waitFor();
    await onDesk.act("three", "Delete for me");
    await button(desk.page.getByRole("alertdialog"), "Delete for me").click();
    for (const chat of [onDesk, onPhone])
      await chat.message("three").waitFor({ state: "detached" });
    await row(desk.page, "Grace Hopper").getByText("two").waitFor();
    await setIn(desk.page, "Grace Hopper", "Clear history");
    await button(desk.page.getByRole("alertdialog"), "Clear").click();
    for (const chat of [onDesk, onPhone]) await chat.message("one").waitFor({ state: "detached" });
    await row(desk.page, "Grace Hopper").getByText("No messages yet.").waitFor();
    await onPhone.send("four");
    await onDesk.message("four").waitFor();
    expect(await bodiesOf(grace, conversationId)).toEqual(["one", "two", "three", "four"]);
  },
);

scenario(
  "a draft is on the other device, in the list and in the field, until it is sent",
  async (stage) => {
    const { ada, conversationId } = await aMatchedPair();
    const [desk, phone] = [
      await stage.visitor("desk"),
      await stage.visitor("phone", { size: PHONE }),
    ];
    const at = { path: `conversations/${conversationId}`, shows: "Grace Hopper" };
    await signIn(desk.page, site(), ada, at);
    await signIn(phone.page, site(), ada);
    const [onDesk, onPhone] = [chatOf(desk.page), chatOf(phone.page)];
    await onDesk.box.fill("Shall we meet at");
    await row(phone.page, "Grace Hopper").getByText("Draft: Shall we meet at").waitFor();
    await row(phone.page, "Grace Hopper").getByRole("link").click();
    await expect.poll(() => onPhone.box.inputValue(), SOON).toBe("Shall we meet at");
    await onPhone.box.fill("Shall we meet at noon?");
    await expect.poll(() => onDesk.box.inputValue(), SOON).toBe("Shall we meet at noon?");
    await button(phone.page, "Send").click();
    await onDesk.message("Shall we meet at noon?").waitFor();
    await expect.poll(() => onDesk.box.inputValue(), SOON).toBe("");
  },
);

scenario("a draft keeps the message that it answers, on another device too", async (stage) => {
  const { ada, grace, conversationId } = await aMatchedPair();
  await aMessage(grace, conversationId, "Shall we meet at noon?");
  const [desk, phone] = [
    await stage.visitor("desk"),
    await stage.visitor("phone", { size: PHONE }),
  ];
  const at = { path: `conversations/${conversationId}`, shows: "Grace Hopper" };
  await signIn(desk.page, site(), ada, at);
  const [onDesk, onPhone] = [chatOf(desk.page), chatOf(phone.page)];
  await onDesk.act("Shall we meet", "Reply");
  await onDesk.box.fill("Yes, in the hall");
  await signIn(phone.page, site(), ada, at);
  await phone.page.getByText("Reply to Grace Hopper").waitFor();
  await expect.poll(() => onPhone.box.inputValue(), SOON).toBe("Yes, in the hall");
  await desk.page.reload();
  await desk.page.getByText("Reply to Grace Hopper").waitFor();
  await button(phone.page, "Cancel").click();
  const strip = desk.page.getByText("Reply to Grace Hopper");
  await strip.waitFor({ state: "detached" });
  await onDesk.act("Shall we meet", "Reply");
  await button(desk.page, "Send").click();
  const quote = onPhone.message("Yes, in the hall").getByText("Shall we meet at noon?");
  await quote.waitFor();
  await expect.poll(() => onDesk.box.inputValue(), SOON).toBe("");
  expect(await strip.count()).toBe(0);
});
