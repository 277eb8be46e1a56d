// Guarantees about a day without a network: what was seen is there, after a reload and a cold start
// too, and says how old it is; what was done waits, and is done once when the line is back. Nothing
// of one person is ever there for another.
import type { Page } from "playwright-core";
import { afterEach, expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { untilRows } from "../kit/database.ts";
import { anOpenDoor, ticketsFor } from "../kit/door.ts";
import { aPairWithOneSkill } from "../kit/pairs.ts";
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
const others = useSite({});

const CUT = [...LINE_IS_CUT, /NetworkError|Failed to fetch|TimeoutError|AbortError/];

afterEach(() => site().mend());

/** Tickets have an age of their own, below it. */
const banner = (page: Page) => page.getByRole("status").filter({ hasText: "Seen " }).first();

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
  // Live changes are seen too.
  await aMessage(olga, talk, "olga-2.");
  await chatOf(page).expectWords(["olga-1", "olga-2"]);
  await expect.poll(async () => (await keptAnswers(page)).join(), SOON).toContain("olga-2");
  await link(page, "Conversations").first().click();
  await heading(page, "Conversations").waitFor();
  await aMessage(olga, talk, "olga-3.");
  await link(page, /olga-3/).waitFor();

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

scenario("nothing of one person is kept for another, or after a sign-out", async ({ visitor }) => {
  const { ada, conversationId } = await aMatchedPair();
  await aMessage(ada, conversationId, "A secret of Ada's.");
  const shared = await visitor("shared");
  const { page } = shared;
  const talk = `conversations/${conversationId}`;
  await signIn(page, site(), ada, { path: talk, shows: "Grace Hopper" });
  await isKept(page);
  const kept = async () => (await keptAnswers(page)).join("\n");
  await expect.poll(kept, SOON).toContain("A secret of Ada's.");
  await choose(page, "Sign out", "menuitem");
  await heading(page, "Sign in").waitFor();
  await expect.poll(() => keptAnswers(page), SOON).toEqual([]);

  const eve = await aPerson("Eve");
  await signIn(page, site(), eve, { path: "" });
  await page.getByText("No conversations yet.").waitFor();
  await expect.poll(kept, SOON).toContain(eve.id);
  await cut(shared, site());
  await page.goto(site().url(talk));
  await page.getByText("This is not kept on this device.").waitFor();
  await page.goto(site().url());
  await heading(page, "Conversations").waitFor();
  await page.getByText("No conversations yet.").waitFor();
  expect(await page.getByText("Grace Hopper").count()).toBe(0);
  expect(await kept()).not.toContain(ada.id);
});

scenario("a sign-out without a network holds, and the server hears of it later", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const traveller = await stage.visitor("ada");
  const { page } = traveller;
  await signIn(page, site(), ada);
  await isKept(page);
  await expect.poll(async () => (await keptAnswers(page)).length, SOON).toBeGreaterThan(0);
  await cut(traveller, site());
  await choose(page, "Sign out", "menuitem");
  await heading(page, "Sign in").waitFor();
  await expect.poll(() => keptAnswers(page), SOON).toEqual([]);
  await page.reload();
  await heading(page, "Sign in").waitFor();
  await mend(traveller, site());
  await untilRows(
    "users",
    "select from session where user_id = $1 and revoked_at is not null",
    [ada.id],
    1,
  );
  await page.reload();
  await heading(page, "Sign in").waitFor();
});

scenario("a session that ends elsewhere takes with it what was kept", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const lost = await visitor("lost");
  await signIn(lost.page, site(), ada);
  await isKept(lost.page);
  await expect.poll(async () => (await keptAnswers(lost.page)).length, SOON).toBeGreaterThan(0);
  await cut(lost, site());
  await lost.page.reload();
  await heading(lost.page, "Conversations").waitFor();
  await dataOf(operation("EndOtherSessions"), {}, { as: ada.token });
  await mend(lost, site());
  await heading(lost.page, "Sign in").waitFor();
  await expect.poll(() => keptAnswers(lost.page), SOON).toEqual([]);
});

scenario("a line that hangs shows what is kept, and then what is new", async ({ visitor }) => {
  const [ada, olga] = [await aPerson("Ada Lovelace"), await aPerson("Olga")];
  const talk = await aGroup("Compilers", olga, [ada]);
  await aMessage(olga, talk, "olga-1.");
  const traveller = await visitor("ada");
  const { page } = traveller;
  await signIn(page, site(), ada, { path: `conversations/${talk}`, shows: "Compilers" });
  await chatOf(page).expectWords(["olga-1"]);
  await isKept(page);
  await expect.poll(async () => (await keptAnswers(page)).join(), SOON).toContain("olga-1");
  traveller.announce(...CUT);
  site().hang();
  await page.reload();
  await heading(page, "Compilers").waitFor();
  await chatOf(page).expectWords(["olga-1"]);
  await banner(page).waitFor();
  await aMessage(olga, talk, "olga-2.");
  site().mend();
  await chatOf(page).expectWords(["olga-1", "olga-2"]);
});
