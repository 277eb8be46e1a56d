// Guarantees about mentions on the screen: names are suggested while one is typed, the list marks
// who is mentioned, a button leads there, and reading clears it; live.
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMessage } from "./people.ts";
import { button, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

async function aTalk() {
  const [ada, grace] = await Promise.all([aPerson("Ada Lovelace"), aPerson("Grace Hopper")]);
  const id = await aGroup("Talk", ada, [grace]);
  return { ada, grace, id, path: `conversations/${id}` };
}

scenario(
  "a mention is marked in the list, leads to its message, and is read there",
  async (stage) => {
    const { ada, grace, id, path } = await aTalk();
    const [hers, theirs] = await Promise.all([
      stage.visitor("ada", { size: DESK }),
      stage.visitor("grace", { size: PHONE }),
    ]);
    await signIn(theirs.page, site(), grace);
    await signIn(hers.page, site(), ada, { path, shows: "Talk" });
    const chat = chatOf(hers.page);
    await chat.box.pressSequentially("Hello @gr");
    const suggestions = hers.page.getByRole("listbox", { name: "Members to mention" });
    await suggestions.getByRole("option", { name: "Grace Hopper" }).waitFor();
    await expectAccessible(hers.page, "suggestions of members");
    await chat.box.press("Enter");
    await expect.poll(() => chat.box.inputValue(), SOON).toBe("Hello @Grace Hopper ");
    await chat.box.pressSequentially("look at ada-1.");
    await chat.box.press("Enter");
    await expect.poll(() => chat.message("ada-1").getByText("@Grace Hopper").count(), SOON).toBe(1);

    const row = theirs.page.getByRole("link", { name: /Talk/ });
    await row.getByRole("img", { name: "Mentions you" }).waitFor();
    await expectAccessible(theirs.page, "a list with a mention");
    for (let at = 2; at < 32; at += 1) await aMessage(ada, id, `More, ada-${at}.`);
    await row.click();
    await chatOf(theirs.page).message("ada-1").locator("mark").waitFor();
    // A glance does not read it.
    const toMention = theirs.page.getByRole("button", { name: "1 mention of you" });
    await expect.poll(() => toMention.count(), SOON).toBe(0);
    await theirs.page.goBack();
    await expect.poll(() => row.getByRole("img", { name: "Mentions you" }).count(), SOON).toBe(0);
  },
);

scenario(
  "a button leads to a mention that is out of sight, and all members can be named",
  async (stage) => {
    const { ada, grace, path } = await aTalk();
    const [hers, theirs] = await Promise.all([
      stage.visitor("ada", { size: DESK }),
      stage.visitor("grace", { size: PHONE }),
    ]);
    await signIn(hers.page, site(), ada, { path, shows: "Talk" });
    const chat = chatOf(hers.page);
    for (let at = 1; at < 25; at += 1) await chat.send(`Before, ada-${at}.`);
    await signIn(theirs.page, site(), grace, { path, shows: "Talk" });
    const log = chatOf(theirs.page).log;
    await log.hover();
    await theirs.page.mouse.wheel(0, -4_000);
    await chat.box.pressSequentially("Hear @al");
    await hers.page.getByRole("option", { name: /^all/ }).click();
    await chat.box.pressSequentially("of you, ada-25.");
    await chat.box.press("Enter");
    await button(theirs.page, "1 mention of you").click();
    await chatOf(theirs.page).message("ada-25").locator("mark").waitFor();
    await expect.poll(() => button(theirs.page, "1 mention of you").count(), SOON).toBe(0);
  },
);
