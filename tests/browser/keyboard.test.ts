// Guarantees about the keyboard: everything can be done without a mouse, and the focus is always
// where the person was.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMessage } from "./people.ts";
import { button, field, heading, link } from "./screens.ts";
import { useSite } from "./site.ts";
import { SOON, scenario } from "./stage.ts";

const site = useSite();

/** More stops than any of these screens has. */
const STOPS_MAX = 60;

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((node) => node === node.ownerDocument.activeElement);

/** Presses a key until the target has the focus. */
async function reach(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await target.waitFor();
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${target}`);
}

const expectFocus = (target: Locator) => expect.poll(() => hasFocus(target), SOON).toBe(true);

scenario("a person signs in, writes, and leaves a menu and a dialog by keys", async (stage) => {
  const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
  const id = await aGroup("Compilers", ada, [grace]);
  await aMessage(grace, id, "Hello grace-1.");
  const { page } = await stage.visitor("ada");
  const { keyboard } = page;
  await page.goto(site().url());
  await heading(page, "Sign in").waitFor();
  await reach(page, field(page, "Email address"));
  await keyboard.type(ada.email);
  await reach(page, field(page, "Password"));
  await keyboard.type(ada.password);
  await keyboard.press("Enter");
  await reach(page, link(page, /^Compilers/));
  await keyboard.press("Enter");
  await heading(page, "Compilers").waitFor();

  const chat = chatOf(page);
  await reach(page, chat.box);
  await keyboard.type("Hello ada-1.");
  await keyboard.press("Enter");
  await chat.expectWords(["grace-1", "ada-1"]);
  await expectFocus(chat.box);
  await keyboard.type("one");
  await keyboard.press("Shift+Enter");
  await keyboard.type("two");
  expect(await chat.box.inputValue()).toBe("one\ntwo");

  // The log is one stop; the arrow keys go from message to message.
  await keyboard.press("Escape");
  await reach(page, chat.message("ada-1"), "Shift+Tab");
  await reach(page, chat.message("grace-1"), "ArrowUp");
  const actions = button(chat.message("grace-1"), "Message actions");
  await reach(page, actions);
  await keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await keyboard.press("Escape");
  await expect.poll(() => page.getByRole("menu").count(), SOON).toBe(0);
  await expectFocus(actions);
  await keyboard.press("Enter");
  await reach(page, page.getByRole("menuitem", { name: "Reply", exact: true }), "ArrowDown");
  await keyboard.press("Enter");
  await expectFocus(chat.box);

  const details = button(page, "Details");
  await reach(page, details, "Shift+Tab");
  await keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Details" });
  await dialog.waitFor();
  const leave = button(dialog, "Leave conversation");
  await reach(page, leave);
  await keyboard.press("Enter");
  const question = page.getByRole("alertdialog");
  await question.waitFor();
  await keyboard.press("Escape");
  await expect.poll(() => question.count(), SOON).toBe(0);
  await expectFocus(leave);
  await keyboard.press("Escape");
  await expect.poll(() => dialog.count(), SOON).toBe(0);
  await expectFocus(details);
});

scenario("a dialog keeps the focus inside", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const id = await aGroup("Compilers", ada, []);
  const { page } = await visitor("ada");
  await page.goto(site().url(`conversations/${id}`));
  await field(page, "Email address").fill(ada.email);
  await field(page, "Password").fill(ada.password);
  await page.keyboard.press("Enter");
  await button(page, "Details").click();
  const dialog = page.getByRole("dialog", { name: "Details" });
  await dialog.waitFor();
  for (let stops = 0; stops < 12; stops += 1) {
    await page.keyboard.press("Tab");
    const isInside = () =>
      dialog.evaluate((node) => node.contains(node.ownerDocument.activeElement));
    await expect.poll(isInside, SOON).toBe(true);
  }
});

scenario("the first stop of a page leads over its header", async ({ visitor }) => {
  const { page } = await visitor("ada");
  await page.goto(site().url());
  await heading(page, "Sign in").waitFor();
  await page.keyboard.press("Tab");
  await expectFocus(link(page, "Skip to content"));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expectFocus(field(page, "Email address"));
});
