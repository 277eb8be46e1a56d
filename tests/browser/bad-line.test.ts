// Guarantees about a bad line: a screen says that it takes long, then that it failed, and comes by
// itself when the line is back; a button that needs the network says so, and what is typed stays.
import { afterEach, expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { isKept } from "./portal/kept.ts";
import { button, field, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";
import { LINE_IS_CUT } from "./watch.ts";

const site = useSite();

afterEach(() => site().mend());

/** The deadline of a read is 30 seconds. */
const AT_DEADLINE = { timeout: 60_000 } as const;

scenario(
  "a screen on a line that hangs says so, fails at its deadline, and comes later",
  async ({ visitor }) => {
    const { page, announce } = await visitor("ada", { size: PHONE });
    await signIn(page, site(), await aPerson("Ada Lovelace"), {
      path: "profile",
      shows: "Profile",
    });
    await isKept(page);
    announce(...LINE_IS_CUT, /TimeoutError|AbortError/);
    site().hang();
    await link(page, "Blocked people").click();
    await page.getByText("This takes longer than usual…").waitFor();
    await button(page, "Try again").waitFor(AT_DEADLINE);
    await page.getByText("The server cannot be reached.").first().waitFor();
    await expectAccessible(page, "a failure at the deadline");
    site().mend();
    await expect.poll(() => button(page, "Try again").count(), AT_DEADLINE).toBe(0);
    await heading(page, "Blocked people").waitFor();
  },
  120_000,
);

scenario("a button that needs the network says so, and what is typed stays", async (stage) => {
  const { page, announce, context } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), await aPerson("Ada Lovelace"), { path: "profile", shows: "Profile" });
  await isKept(page);
  const headline = field(page, "Headline");
  await headline.fill("On a train");
  announce(...LINE_IS_CUT, /NetworkError|Failed to fetch/);
  site().cut();
  await context.setOffline(true);
  const save = button(page, "Save");
  await expect.poll(() => save.getAttribute("aria-disabled"), SOON).toBe("true");
  const reason = await save.getAttribute("aria-describedby");
  expect(await page.locator(`[id="${reason}"]`).textContent()).toBe("This needs the network.");
  await expectAccessible(page, "a button that needs the network");
  await save.click({ force: true });
  // Screen readers hear a notice; it is hidden from them until it has the focus.
  const notice = { name: "This needs the network.", includeHidden: true } as const;
  await page.getByRole("alertdialog", notice).waitFor();
  await headline.press("Enter");
  expect(await headline.inputValue()).toBe("On a train");
  site().mend();
  await context.setOffline(false);
  await expect.poll(() => save.getAttribute("aria-disabled"), SOON).not.toBe("true");
  await save.click();
  await page.getByText("Not saved yet").waitFor({ state: "hidden" });
  await page.reload();
  await expect.poll(() => headline.inputValue(), SOON).toBe("On a train");
});
