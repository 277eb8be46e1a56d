// The journey of two people who match, from both sides: reasons, both answers, the news of it, the
// first messages, and a block. Nobody reloads a page until the block is looked for.
import { expect } from "vitest";
import { aPairWithOneSkill } from "../../kit/pairs.ts";
import { expectAccessible } from "../axe.ts";
import { chatOf } from "../chat.ts";
import { button, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";

const site = useSite();
const TO_MEET = { path: "people", shows: "People to meet" };

scenario("two people meet: reasons, match, messages, and a block", async ({ visitor }) => {
  const { people, eventId } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const [hers, other] = [await visitor("ada", { size: PHONE }), await visitor("grace")];
  await signIn(hers.page, site(), ada, TO_MEET);
  await signIn(other.page, site(), grace, TO_MEET);
  const graceCard = hers.page.getByRole("article", { name: "Grace Hopper" });
  const adaCard = other.page.getByRole("article", { name: "Ada Lovelace" });
  for (const card of [graceCard, adaCard]) {
    await card.getByText(/^You are both good at skill /).waitFor();
    await card.getByText("1 more reason").click();
    await card.getByText("You both go to an event.").waitFor();
  }

  // The first answer is told to nobody: her card is still there for the other.
  await button(graceCard, /^Meet /).click();
  await hers.page.getByText("You would like to meet Grace Hopper.").waitFor();
  await link(hers.page, /^Matches/).click();
  await hers.page.getByText("No matches yet").waitFor();
  expect(await adaCard.count()).toBe(1);

  await button(adaCard, /^Meet /).click();
  const dialog = other.page.getByRole("dialog", { name: "It’s a match!" });
  await dialog.getByText("You and Ada Lovelace would both like to meet.").waitFor();
  await hers.page.getByText("Grace Hopper and you are a match.").waitFor();
  const row = hers.page.getByRole("listitem").filter({ hasText: "Grace Hopper" });
  await row.waitFor();

  await button(row, /^Message/).click();
  await button(dialog, "Write to Ada Lovelace").click();
  const [chat, answers] = [chatOf(hers.page), chatOf(other.page)];
  for (const { box } of [chat, answers]) await box.waitFor();
  await chat.send("Hello ada-1.");
  await answers.expectWords(["ada-1"]);
  await answers.send("Welcome grace-1.");
  await chat.expectWords(["ada-1", "grace-1"]);
  await expectAccessible(hers.page, "a conversation of a match");
  await hers.page.setViewportSize(PHONE);

  await link(hers.page, "Grace Hopper").click();
  await heading(hers.page, "Grace Hopper").waitFor();
  await button(hers.page, "Block").click();
  await button(hers.page.getByRole("alertdialog"), "Block").click();
  await hers.page.getByText("You block Grace Hopper.").waitFor();
  // She is told how it ends, and the other only that it has ended: the match stays in both lists,
  // because its absence would tell of the block.
  await other.page.getByText("You cannot write in this conversation.").waitFor();
  expect(await answers.box.count()).toBe(0);
  for (const [{ page }, name] of [
    [hers, "Grace Hopper"],
    [other, "Ada Lovelace"],
  ] as const) {
    await page.goto(site().url("people/matches"));
    await page.getByRole("listitem").filter({ hasText: name }).waitFor();
    await page.goto(site().url("people"));
    await page.getByText("Nobody to suggest yet").waitFor();
    // Events hears of it soon. Neither is among the people whom the other sees there.
    await expect
      .poll(async () => {
        await page.goto(site().url(`events/${eventId}`));
        await heading(page, "Compilers by night").waitFor();
        await page.waitForLoadState("networkidle");
        return page.getByRole("link", { name }).count();
      }, SOON)
      .toBe(0);
  }
});
