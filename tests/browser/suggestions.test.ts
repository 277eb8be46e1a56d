// Guarantees about people to meet: cards with reasons, answers that can be undone until they are
// sent, also when the page is closed, and a match that leads to the conversation.
import { expect } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { untilRows } from "../kit/database.ts";
import { answer, aPairWithOneSkill, SUGGESTIONS, suggestionOf } from "../kit/pairs.ts";
import { aNewcomer, aPerson, type Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();
const PEOPLE = { path: "people", shows: "People to meet" };

/** Waits until matching has stored a person's answer about another; null for none. */
const untilAnswered = ({ id }: Person, about: Person, word: string | null) =>
  untilRows(
    "matching",
    `select from answer where person_id = $1 and user_id = $2
       and ($3::text is null or answer::text = $3)`,
    [id, about.id, word],
    word === null ? 0 : 1,
  );

scenario("reasons open, and shared events lead to their page", async ({ visitor }) => {
  const { people, eventId } = await aPairWithOneSkill();
  const { page } = await visitor("ada", { size: PHONE });
  await signIn(page, site(), people[0], PEOPLE);
  const card = page.getByRole("article", { name: "Grace Hopper" });
  await card.getByText(/^You are both good at skill /).waitFor();
  const more = card.getByText("1 more reason");
  expect(await card.getByText("You both go to an event.").isVisible()).toBe(false);
  await more.press("Enter");
  await card.getByText("You both go to an event.").waitFor();
  await expectAccessible(page, "people to meet");
  await page.getByText("That is everybody for now.").waitFor();
  await link(card, /Compilers by night/).click();
  await heading(page, "Compilers by night").waitFor();
  expect(page.url()).toBe(site().url(`events/${eventId}`));
});

scenario("an answer is undone until it is sent, and a later one comes at last", async (stage) => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, PEOPLE);
  const card = page.getByRole("article", { name: "Grace Hopper" });
  await button(card, /^No /).click();
  const undo = button(page, /^Undo /);
  await undo.waitFor();
  await page.getByText("You do not see Grace Hopper here").waitFor();
  await expectAccessible(page, "an answer that can be undone");
  // The keyboard goes on from the button that takes the card's place.
  await page.keyboard.press("Enter");
  await card.waitFor();
  await untilAnswered(ada, grace, null);
  await button(card, /^Later /).press("Enter");
  await untilAnswered(ada, grace, "LATER");
  await expect.poll(() => undo.count(), SOON).toBe(0);
  await page.getByText("That is everybody for now.").waitFor();
});

scenario("an answer is sent at once when the page is left or closed", async ({ visitor }) => {
  const [first, second] = [await aPairWithOneSkill(), await aPairWithOneSkill()];
  for (const [at, { people }] of [first, second].entries()) {
    const [ada, grace] = people;
    const { page } = await visitor(`ada-${at}`);
    await signIn(page, site(), ada, PEOPLE);
    await button(page.getByRole("article", { name: "Grace Hopper" }), /^No /).click();
    await button(page, /^Undo /).waitFor();
    if (at === 0) await link(page, "Profile").click();
    else await page.close({ runBeforeUnload: false });
    await untilAnswered(ada, grace, "DECLINE");
  }
});

scenario("an answer without a network waits, over a reload too", async ({ visitor }) => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const { page, announce } = await visitor("ada");
  await signIn(page, site(), ada, PEOPLE);
  const card = page.getByRole("article", { name: "Grace Hopper" });
  await card.waitFor();
  announce(/ERR_|Failed to fetch|WebSocket/);
  site().cut();
  try {
    await button(card, /^Meet /).click();
    await page.getByText("is sent when the connection is back").waitFor();
    await expectAccessible(page, "an answer that waits");
  } finally {
    site().mend();
  }
  await page.reload();
  await untilAnswered(ada, grace, "ACCEPT");
});

scenario("a match is celebrated, and leads to the conversation", async ({ visitor }) => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  await answer(grace, await suggestionOf(grace));
  const { page } = await visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, PEOPLE);
  await button(page.getByRole("article", { name: "Grace Hopper" }), /^Meet /).click();
  const dialog = page.getByRole("dialog", { name: "It’s a match!" });
  await dialog.getByText("You and Grace Hopper would both like to meet.").waitFor();
  await expectAccessible(page, "a match");
  await page.setViewportSize(PHONE);
  await button(dialog, "Write to Grace Hopper").click();
  await chatOf(page).box.waitFor();
  await heading(page, "Grace Hopper").waitFor();
});

scenario("pages load on, and everybody comes once", async ({ visitor }) => {
  const skills = [`skill ${newId()}`];
  const ada = await aPerson("Ada Lovelace");
  const names = Array.from({ length: 24 }, (_, at) => `Person ${at + 10}`);
  const others = await Promise.all(names.map((name) => aPerson(name)));
  for (const { token } of [ada, ...others]) {
    await dataOf(operation("UpdateProfile"), { input: { skills } }, { as: token });
  }
  await untilRows("matching", "select from person where skills = $1", [skills], 25);
  const { page } = await visitor("ada");
  await signIn(page, site(), ada, PEOPLE);
  const cards = page.getByRole("article");
  await cards.first().waitFor();
  await expect
    .poll(async () => {
      await cards.last().scrollIntoViewIfNeeded();
      return page.getByText("That is everybody for now.").isVisible();
    }, SOON)
    .toBe(true);
  const shown = await cards.getByRole("heading", { level: 2 }).allInnerTexts();
  expect(shown.toSorted()).toEqual(names);
});

scenario("without anybody the page says how to get people", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  await untilRows("matching", "select from person where id = $1", [ada.id], 1);
  const { page } = await visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, PEOPLE);
  await page.getByText("Nobody to suggest yet").waitFor();
  await expectAccessible(page, "nobody to meet");
  await link(page, "Complete your profile").click();
  await heading(page, "Profile").waitFor();
});

scenario("a person whose address is not confirmed is asked to confirm it", async (stage) => {
  const skills = [`skill ${newId()}`];
  const [ada, grace] = [await aNewcomer("Ada Lovelace"), await aPerson("Grace Hopper")];
  for (const { token } of [ada, grace]) {
    await dataOf(operation("UpdateProfile"), { input: { skills } }, { as: token });
  }
  await untilRows("matching", "select from person where skills = $1", [skills], 2);
  await expect
    .poll(() => dataOf<object>(SUGGESTIONS, {}, { as: ada.token }), SOON)
    .toMatchObject({ matchSuggestions: { edges: [{}] } });
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, PEOPLE);
  const card = page.getByRole("article", { name: "Grace Hopper" });
  await button(card, /^Meet /).click();
  await page.getByText("Confirm your email address first").waitFor();
  await card.waitFor();
  await expectAccessible(page, "an address to confirm");
});

scenario("people to meet are there in French", async ({ visitor }) => {
  const { people } = await aPairWithOneSkill();
  const { page } = await visitor("ada", { locale: "fr-FR" });
  await page.goto(site().url("people"));
  await page.getByLabel("Adresse e-mail").fill(people[0].email);
  await page.getByLabel("Mot de passe").fill(people[0].password);
  await button(page, "Se connecter").click();
  await heading(page, "Personnes à rencontrer").waitFor();
  await page.getByText(/^Vos points forts communs/).waitFor();
  await expectAccessible(page, "people to meet in French");
});
