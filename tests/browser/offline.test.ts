// Guarantees about a day without a network: what was seen is there, after a reload and a cold start
// too, and says how old it is; what was done waits, and is done once when the line is back. Nothing
// of one person is ever there for another.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { untilRows } from "../kit/database.ts";
import { anOpenDoor, ticketsFor } from "../kit/door.ts";
import { aPairWithOneSkill, match } from "../kit/pairs.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf, write } from "./chat.ts";
import { keptAnswers } from "./kept-answers.ts";
import { aGroup, aMatchedPair, aMessage } from "./people.ts";
import { isKept } from "./portal/kept.ts";
import { button, choose, heading, link, signIn } from "./screens.ts";
import { type Site, useSite } from "./site.ts";
import { PHONE, SOON, scenario, type Visitor } from "./stage.ts";
import { LINE_IS_CUT } from "./watch.ts";

const site = useSite();
const others = useSite();

const CUT = [...LINE_IS_CUT, /NetworkError|Failed to fetch|TimeoutError|AbortError/];

const banner = (page: Page) => page.getByRole("status").filter({ hasText: "Seen " });

/** Opens pages of the app one after the other, as people do who look round. */
async function look(page: Page, at: Site, pages: readonly (readonly [string, string | RegExp])[]) {
  for (const [path, shows] of pages) {
    await page.goto(at.url(path));
    await heading(page, shows).waitFor();
    await page.waitForLoadState("networkidle");
  }
}

async function cut({ announce, context }: Visitor, at: Site): Promise<void> {
  announce(...CUT);
  at.cut();
  await context.setOffline(true);
}

async function mend({ context }: Visitor, at: Site): Promise<void> {
  at.mend();
  await context.setOffline(false);
}

const untilAnswered = ({ id }: Person, about: Person, word: string) =>
  untilRows(
    "matching",
    "select from answer where person_id = $1 and user_id = $2 and answer::text = $3",
    [id, about.id, word],
    1,
  );

scenario("a day without a network", async ({ visitor }) => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const olga = await aPerson("Olga");
  const eventId = await anOpenDoor(olga, { title: "On the train", venue: "Coach 7" });
  await ticketsFor(ada, eventId, 2);
  const talk = await aGroup("Compilers", olga, [ada]);
  await aMessage(olga, talk, "olga-1.");
  const traveller = await visitor("ada", { size: PHONE });
  const { page } = traveller;
  await signIn(page, site(), ada);
  await isKept(page);
  await look(page, site(), [
    [`conversations/${talk}`, "Compilers"],
    ["events", "Events"],
    [`events/${eventId}`, "On the train"],
    ["registrations", "My registrations"],
    ["people", "People to meet"],
    [`people/${grace.id}`, "Grace Hopper"],
    ["", "Conversations"],
  ]);
  await page.goto(site().url(`conversations/${talk}`));
  await chatOf(page).expectWords(["olga-1"]);
  // What comes live is seen too.
  await aMessage(olga, talk, "olga-2.");
  await chatOf(page).expectWords(["olga-1", "olga-2"]);
  await expect.poll(async () => (await keptAnswers(page)).join(), SOON).toContain("olga-2");
  await aMessage(olga, talk, "olga-3.");
  await link(page, "Conversations").first().click();
  await heading(page, "Conversations").waitFor();

  await cut(traveller, site());
  await page.reload();
  await heading(page, "Conversations").waitFor();
  await link(page, /^Compilers/).waitFor();
  await banner(page).waitFor();
  await page.close();
  // A cold start: nothing of the page before is in memory.
  const cold = await traveller.newTab();
  const seen = async (path: string, shows: string | RegExp) => {
    await cold.goto(site().url(path));
    await heading(cold, shows).waitFor();
    await banner(cold).waitFor();
  };
  await seen("events", "Events");
  await seen(`events/${eventId}`, "On the train");
  await expect.poll(() => cold.getByRole("img", { name: /QR code/ }).count(), SOON).toBe(2);
  await expectAccessible(cold, "tickets without a network");
  await seen("registrations", "My registrations");
  await cold.getByText("On the train").waitFor();
  await seen(`people/${grace.id}`, "Grace Hopper");
  await seen("people", "People to meet");
  await button(cold.getByRole("article", { name: "Grace Hopper" }), /^Meet /).click();
  await seen(`conversations/${talk}`, "Compilers");
  const chat = chatOf(cold);
  await chat.expectWords(["olga-1", "olga-2"]);
  await write(chat, "ada", 1, 3);
  await chat.expectWords(["olga-1", "olga-2", "ada-1", "ada-2", "ada-3"]);
  // Another page is open when the line is back.
  await seen("events", "Events");

  const friend = await visitor("olga");
  await signIn(friend.page, others(), olga, { path: `conversations/${talk}`, shows: "Compilers" });
  await mend(traveller, site());
  await chatOf(friend.page).expectWords(["olga-1", "olga-2", "olga-3", "ada-1", "ada-2", "ada-3"]);
  await untilAnswered(ada, grace, "ACCEPT");
  await expect.poll(() => banner(cold).count(), SOON).toBe(0);
});
