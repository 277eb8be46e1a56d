// Guarantees about the first steps of a new person: they lead from signing up to where the person
// wanted to go, keep every answer, go on anywhere, and can be skipped.
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { anEvent, aPerson, type Person, questionsOf } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, field, fill, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

const INTENTS = "What brings you here?";
const TOPICS = "What can you do, and what do you like?";
const CARD = "How will others know you?";
const EVENT = "Go to your first event";
const PERSON = "Meet your first person";

interface Profile {
  readonly intents: readonly string[];
  readonly skills: readonly string[];
  readonly headline: string | null;
  readonly languages: readonly string[];
}

async function profileOf({ id, token }: Person): Promise<Profile> {
  const { user } = await dataOf<{ user: Profile }>(operation("UserProfile"), { id }, { as: token });
  return user;
}

/** The focus is at the heading of the step: keys and screen readers go on from there. */
const isFocused = (page: Page, title: string) =>
  expect
    .poll(() => heading(page, title).evaluate((node) => node.matches(":focus")), SOON)
    .toBe(true);

const goOn = (page: Page) => button(page, "Continue").click();

scenario("three questions are answered by keyboard, and saved one by one", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "welcome", shows: INTENTS });
  await page.getByText("Question 1 of 3").waitFor();
  await expectAccessible(page, "the first question");
  await page.getByRole("checkbox", { name: "Mentoring others" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await heading(page, TOPICS).waitFor();
  await isFocused(page, TOPICS);
  expect((await profileOf(ada)).intents).toEqual(["MENTOR"]);

  const skill = field(page, "Good at");
  await skill.fill("Très particulier");
  await skill.press("Enter");
  await expectAccessible(page, "the second question");
  await button(page, "Back").click();
  await isFocused(page, INTENTS);
  expect(await page.getByRole("checkbox", { name: "Mentoring others" }).isChecked()).toBe(true);
  await goOn(page);
  await heading(page, TOPICS).waitFor();
  await goOn(page);
  await heading(page, CARD).waitFor();
  await fill(page, { Headline: "Writes programs for machines that are not built yet" });
  await expectAccessible(page, "the third question");
  await field(page, "Headline").press("Enter");
  await heading(page, EVENT).waitFor();
  await isFocused(page, EVENT);
  const { skills, headline } = await profileOf(ada);
  expect(skills).toEqual(["Très particulier"]);
  expect(headline).toBe("Writes programs for machines that are not built yet");
  expect(await page.evaluate("localStorage.getItem('meetinity.welcomeDraft')")).toBeNull();
});

scenario("a reload loses no answer, and another device goes on where it stopped", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "welcome", shows: INTENTS });
  await page.getByRole("checkbox", { name: "Finding work" }).check();
  await page.reload();
  await heading(page, INTENTS).waitFor();
  expect(await page.getByRole("checkbox", { name: "Finding work" }).isChecked()).toBe(true);
  await goOn(page);
  await heading(page, TOPICS).waitFor();
  const { page: other } = await stage.visitor("ada elsewhere");
  await signIn(other, site(), ada, { path: "welcome", shows: TOPICS });
});

scenario(
  "all of it can be skipped, and home offers the rest until it is put away",
  async (stage) => {
    const ada = await aPerson("Ada Lovelace");
    const { page } = await stage.visitor("ada");
    await signIn(page, site(), ada);
    const offer = page.getByRole("region", { name: "Finish your start" });
    await offer.getByText("4 steps are left.").waitFor();
    await expectAccessible(page, "the offer on home");
    await link(offer, "Continue").click();
    for (const title of [INTENTS, TOPICS, CARD, EVENT]) {
      await heading(page, title).waitFor();
      await button(page, "Skip").click();
    }
    await heading(page, PERSON).waitFor();
    await page.getByText("There is nobody to suggest yet").waitFor();
    await expectAccessible(page, "nobody to suggest");
    await button(page, "Done").click();
    await heading(page, "Conversations").waitFor();
    await page.waitForLoadState("networkidle");
    expect(await offer.count()).toBe(0);

    const { page: other } = await stage.visitor("ada elsewhere");
    await signIn(other, site(), ada);
    await button(other.getByRole("region", { name: "Finish your start" }), "Not now").click();
    await isFocused(other, "Conversations");
    await other.reload();
    await heading(other, "Conversations").waitFor();
    await other.waitForLoadState("networkidle");
    expect(await other.getByRole("region", { name: "Finish your start" }).count()).toBe(0);
  },
);

scenario("an event that fits comes first, and one tap registers for it", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Lovelace")];
  const tag = `topic ${randomUUID().slice(0, 8)}`;
  const title = `Evening of ${tag}`;
  await anEvent(olga.token, { title, tags: [tag], startsInMs: 5 * 24 * 3_600_000 });
  await dataOf(operation("UpdateProfile"), { input: { interests: [tag] } }, { as: ada.token });
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "welcome/event", shows: EVENT });
  const first = page.getByRole("article").first();
  await first.getByText(`Because of ${tag}`).waitFor();
  await expectAccessible(page, "events that fit");
  await button(first, `Register · ${title}`).click();
  await first.getByText("You are registered").waitFor();
  await expectAccessible(page, "registered");
  await page.reload();
  await first.getByText("You are registered").waitFor();
  await goOn(page);
  await heading(page, PERSON).waitFor();
});

scenario("an event that asks for more leads to its page, and back", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Lovelace")];
  const tag = `topic ${randomUUID().slice(0, 8)}`;
  const title = `Evening of ${tag}`;
  const eventId = await anEvent(olga.token, { title, tags: [tag] });
  await questionsOf(olga.token, eventId, [
    { text: "What do you eat?", kind: "TEXT", isRequired: true },
  ]);
  await dataOf(operation("UpdateProfile"), { input: { interests: [tag] } }, { as: ada.token });
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "welcome/event?to=/profile", shows: EVENT });
  const first = page.getByRole("article").first();
  await button(first, `Register · ${title}`).click();
  await first.getByText(/^This event asks a little more/).waitFor();
  await link(first, `Look at it · ${title}`).click();
  await heading(page, title).waitFor();
  await expectAccessible(page, "the way back to the first steps");
  await link(page, "Back to your first steps").click();
  await heading(page, EVENT).waitFor();
  await button(page, "Skip").click();
  await heading(page, PERSON).waitFor();
  await button(page, "Done").click();
  await heading(page, "Profile").waitFor();
});

scenario("without a network an answer is kept, and saved afterwards", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page, context, announce } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: "welcome/card", shows: CARD });
  announce(/ERR_INTERNET_DISCONNECTED|WebSocket/);
  await context.setOffline(true);
  await fill(page, { Headline: "Compilers" });
  await goOn(page);
  await page.getByText("Your answer is kept on this device.").waitFor();
  await context.setOffline(false);
  await goOn(page);
  await heading(page, EVENT).waitFor();
  expect((await profileOf(ada)).headline).toBe("Compilers");
});

scenario("signing up from a link leads there in the end, in French", async (stage) => {
  const olga = await aPerson("Olga");
  const eventId = await anEvent(olga.token, { title: "Compilers by night" });
  const { page } = await stage.visitor("nora", { locale: "fr-FR", theme: "dark" });
  await page.goto(site().url(`events/${eventId}`));
  await link(page, "Créer un compte").click();
  await fill(page, {
    Nom: "נורה Newcomer",
    "Adresse e-mail": `${randomUUID()}@meetinity.test`,
    "Mot de passe": "correct horse battery staple",
  });
  await button(page, "Créer le compte").click();
  await heading(page, "Confirmez votre adresse").waitFor();
  await link(page, "Plus tard").click();
  for (const title of [
    "Qu’est-ce qui vous amène ?",
    "Que savez-vous faire, et qu’aimez-vous ?",
    "À quoi vous reconnaîtra-t-on ?",
    "Allez à votre premier évènement",
  ]) {
    await heading(page, title).waitFor();
    await expectAccessible(page, title);
    await button(page, "Passer").click();
  }
  await heading(page, "Faites votre première rencontre").waitFor();
  await button(page, "Terminer").click();
  await heading(page, "Compilers by night").waitFor();
  expect(page.url()).toBe(site().url(`events/${eventId}`));
});
