// Guarantees about two people in two browsers: what one does, the other sees at once.
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { chatOf, expectTheSame, write } from "./chat.ts";
import { aGroup, aMatchedPair, aMessage } from "./people.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario, TALL } from "./stage.ts";
import { LINE_IS_CUT } from "./watch.ts";

const site = useSite();

scenario("two people who match talk both ways, and see each act at once", async ({ visitor }) => {
  const { ada, grace } = await aMatchedPair();
  const [hers, his] = [await visitor("ada", { size: PHONE }), await visitor("grace")];
  await signIn(hers.page, site(), ada);
  await signIn(his.page, site(), grace);
  await link(hers.page, /^Grace Hopper/).click();
  await heading(hers.page, "Grace Hopper").waitFor();
  await link(his.page, /^Ada Lovelace/).click();
  await heading(his.page, "Ada Lovelace").waitFor();
  const [a, g] = [chatOf(hers.page), chatOf(his.page)];
  await a.send("Hello ada-1");
  await g.message("Hello ada-1").waitFor();

  await g.box.pressSequentially("Hello gr");
  await a.page
    .getByRole("status")
    .filter({ hasText: /Grace.* is typing/ })
    .waitFor();
  await g.send("Hello grace-1");
  await a.message("Hello grace-1").waitFor();
  await expect.poll(() => a.page.getByText(/is typing/).count(), SOON).toBe(0);

  await g.act("ada-1", "React");
  await button(g.page, /👍/).click();
  const ofOne = (chat: typeof a) => button(chat.message("ada-1"), /👍 1/);
  await ofOne(g).waitFor();
  await ofOne(a).click();
  for (const chat of [a, g]) await button(chat.message("ada-1"), /👍 2/).waitFor();
  await button(g.message("ada-1"), /👍 2/).click();
  for (const chat of [a, g]) await ofOne(chat).waitFor();

  await a.act("Hello ada-1", "Edit");
  await expect.poll(() => a.box.inputValue(), SOON).toBe("Hello ada-1");
  await a.box.fill("Hello dear ada-1");
  await a.box.press("Enter");
  for (const chat of [a, g]) {
    await chat.message("Hello dear ada-1").filter({ hasText: "edited" }).waitFor();
  }

  await g.act("Hello grace-1", "Delete");
  await button(g.page.getByRole("alertdialog"), "Delete").click();
  for (const chat of [a, g]) {
    await chat.message("Message deleted").waitFor();
    expect(await chat.message("Hello grace-1").count()).toBe(0);
  }
});

scenario("a reply quotes its message on both screens, as it is now", async ({ visitor }) => {
  const { ada, grace, conversationId } = await aMatchedPair();
  const path = `conversations/${conversationId}`;
  const [hers, his] = [await visitor("ada"), await visitor("grace")];
  await signIn(hers.page, site(), ada, { path, shows: "Grace Hopper" });
  await signIn(his.page, site(), grace, { path, shows: "Ada Lovelace" });
  const [a, g] = [chatOf(hers.page), chatOf(his.page)];
  await g.send("Hello grace-1");
  await a.act("Hello grace-1", "Reply");
  await a.send("Indeed ada-1");
  for (const chat of [a, g]) {
    await chat.message("Indeed ada-1").filter({ hasText: "Hello grace-1" }).waitFor();
  }
  await g.act(/^Hello grace-1/, "Edit");
  await g.box.fill("Hello dear grace-1");
  await g.box.press("Enter");
  for (const chat of [a, g]) {
    await chat.message("Indeed ada-1").filter({ hasText: "Hello dear grace-1" }).waitFor();
  }
});

scenario("what is unread is counted in the list, until it is read", async ({ visitor }) => {
  const { ada, grace } = await aMatchedPair();
  const [hers, his] = [await visitor("ada"), await visitor("grace")];
  await signIn(hers.page, site(), ada);
  await signIn(his.page, site(), grace);
  await link(hers.page, /^Grace Hopper/).click();
  await write(chatOf(hers.page), "ada", 1, 2);
  const row = link(his.page, /^Ada Lovelace/);
  await row.filter({ hasText: "2 unread" }).filter({ hasText: "ada-2" }).waitFor();
  const second = await his.newTab();
  await second.goto(site().url());
  await link(second, /^Ada Lovelace.*2 unread/).click();
  await chatOf(second).expectWords(["ada-1", "ada-2"]);
  // In the first tab too.
  await expect.poll(() => his.page.getByText(/unread/).count(), SOON).toBe(0);
  await expect.poll(() => second.getByText(/\d unread/).count(), SOON).toBe(0);
});

scenario("a conversation that begins shows at once in the list", async ({ visitor }) => {
  const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
  const { page } = await visitor("grace", { size: PHONE });
  await signIn(page, site(), grace);
  await page.getByText("No conversations yet.").waitFor();
  await aGroup("Compilers", ada, [grace]);
  await link(page, /^Compilers/).click();
  await heading(page, "Compilers").waitFor();
});

scenario("a group shows its members, and one of them leaves it", async ({ visitor }) => {
  const people = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")] as const;
  const [ada, grace] = people;
  const id = await aGroup("Compilers", ada, [grace]);
  const [hers, his] = [await visitor("ada"), await visitor("grace")];
  await signIn(hers.page, site(), ada, { path: `conversations/${id}`, shows: "Compilers" });
  await signIn(his.page, site(), grace, { path: `conversations/${id}`, shows: "Compilers" });
  await write(chatOf(his.page), "grace", 1, 1);
  await button(his.page, "Details").click();
  const dialog = his.page.getByRole("dialog", { name: "Details" });
  await expect
    .poll(() => dialog.getByRole("list", { name: "Members" }).getByRole("link").count(), SOON)
    .toBe(2);
  await button(dialog, "Leave conversation").click();
  const question = his.page.getByRole("alertdialog");
  await button(question, "Cancel").click();
  await expect.poll(() => question.count(), SOON).toBe(0);
  await button(dialog, "Leave conversation").click();
  await button(question, "Leave").click();
  await heading(his.page, "Conversations").waitFor();
  await expect.poll(() => link(his.page, /^Compilers/).count(), SOON).toBe(0);
  await button(hers.page, "Details").click();
  const members = hers.page.getByRole("list", { name: "Members" }).getByRole("link");
  await expect.poll(() => members.count(), SOON).toBe(1);
  await hers.page.keyboard.press("Escape");
  await chatOf(hers.page).expectWords(["grace-1"]);
});

scenario("two tabs of one person and a second person show the same", async ({ visitor }) => {
  const { ada, grace, conversationId } = await aMatchedPair();
  const path = `conversations/${conversationId}`;
  const [hers, his] = [
    await visitor("ada", { size: TALL }),
    await visitor("grace", { size: TALL }),
  ];
  await signIn(hers.page, site(), ada, { path, shows: "Grace Hopper" });
  await signIn(his.page, site(), grace, { path, shows: "Ada Lovelace" });
  const second = await hers.newTab();
  await second.goto(site().url(path));
  await heading(second, "Grace Hopper").waitFor();
  const chats = [chatOf(hers.page), chatOf(second), chatOf(his.page)] as const;
  const written = await Promise.all([
    write(chats[0], "one", 1, 4),
    write(chats[1], "two", 1, 4),
    write(chats[2], "grace", 1, 4),
  ]);
  await expectTheSame(chats, ...written);
});

scenario(
  "a menu that could not be loaded says so, and the page loads it anew",
  async ({ visitor }) => {
    const ada = await aPerson("Ada");
    const talk = await aGroup("Compilers", ada, []);
    await aMessage(ada, talk, "Hello ada-1");
    const { page, announce } = await visitor("ada");
    announce(...LINE_IS_CUT);
    const script = "**/assets/layers-*.js";
    await page.route(script, (route) => route.abort());
    const failed = page.waitForEvent("requestfailed", (request) =>
      request.url().includes("layers-"),
    );
    await signIn(page, site(), ada, { path: `conversations/${talk}`, shows: "Compilers" });
    await failed;
    const menu = button(chatOf(page).message("Hello ada-1"), "Message actions");
    await menu.click();
    await page.getByRole("alertdialog", { name: /Reload the page/, includeHidden: true }).waitFor();
    expect(await page.getByRole("menu").count()).toBe(0);
    await page.unroute(script);
    await page.reload();
    await menu.click();
    await page.getByRole("menuitem", { name: "Reply", exact: true }).waitFor();
  },
);
