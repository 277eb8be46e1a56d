// Guarantees about finding events: filters are in the address, the list goes on and is kept on the
// way back, it changes as others register, and an empty one says which filter hides events.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { anEvent, aPerson, register } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, field, heading, link, signIn } from "../screens.ts";
import { useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";
import { LINE_IS_CUT } from "../watch.ts";

const site = useSite();

const HOUR_MS = 3_600_000;
const titles = (page: Page) => page.locator("main li h3");
/** A word that no other test's event has. */
const aWord = () => `w${Math.random().toString(36).slice(2, 10)}`;
const addressOf = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);

interface Scrolled {
  readonly scrollTop: number;
  readonly scrollHeight: number;
}

const scrolled = (page: Page) =>
  page.evaluate<Scrolled>(
    `(({ scrollTop, scrollHeight }) => ({ scrollTop, scrollHeight }))(document.querySelector("main"))`,
  );

scenario("a long list goes on, and is where it was after an event and back", async (stage) => {
  const [olga, ada] = [await aPerson(), await aPerson("Ada Lovelace")];
  const word = aWord();
  for (let at = 1; at <= 48; at += 1) {
    await anEvent(olga.token, { title: `${word} ${at}`, startsInMs: at * 5 * HOUR_MS });
  }
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: `events?search=${word}`, shows: "Events" });
  expect(await field(page, "Search events").inputValue()).toBe(word);
  await expect.poll(() => titles(page).count(), SOON).toBeGreaterThanOrEqual(20);
  await expect
    .poll(async () => {
      await page.evaluate(`document.querySelector("main").scrollTo(0, 1e6)`);
      return titles(page).count();
    }, SOON)
    .toBe(48);
  await page.getByText("These are all events.").waitFor();
  const names = await titles(page).allInnerTexts();
  expect(names).toEqual(Array.from({ length: 48 }, (_, at) => `${word} ${at + 1}`));

  await link(page, `${word} 37`).scrollIntoViewIfNeeded();
  const before = await scrolled(page);
  expect(before.scrollTop).toBeGreaterThan(1_000);
  await link(page, `${word} 37`).click();
  await heading(page, `${word} 37`).waitFor();
  await page.goBack();
  await heading(page, "Events").waitFor();
  await expect.poll(() => titles(page).count(), SOON).toBe(48);
  await expect.poll(() => scrolled(page), SOON).toEqual(before);
  expect(addressOf(page)).toEqual({ search: word });
});

scenario("filters are in the address, and survive a reload and a way back", async (stage) => {
  const [olga, ada, bob] = [await aPerson(), await aPerson("Ada Lovelace"), await aPerson()];
  const word = aWord();
  const online = "https://meet.example.org/a";
  const full = await anEvent(olga.token, { title: `${word} full`, capacity: 1, venue: "Zürich" });
  await register(bob.token, full);
  await anEvent(olga.token, { title: `${word} net`, onlineUrl: online, tags: [word, "net"] });
  await anEvent(olga.token, { title: `${word} hall`, venue: "Łódź hall", tags: [word] });
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: "events", shows: "Events" });
  const expectTitles = (...names: string[]) =>
    expect
      .poll(async () => (await titles(page).allInnerTexts()).sort(), SOON)
      .toEqual(names.map((name) => `${word} ${name}`).sort());
  await page.keyboard.press("/");
  await page.keyboard.type(word);
  await expectTitles("full", "hall", "net");
  expect(addressOf(page)).toEqual({ search: word });
  await button(page, "Free seats").click();
  await expectTitles("hall", "net");
  await button(page, "Online").click();
  await expectTitles("net");
  await button(page, "Filters (2)").waitFor();
  expect(addressOf(page)).toEqual({ search: word, free: "true", format: "online" });
  await page.reload();
  await expectTitles("net");
  expect(await button(page, "Online").getAttribute("aria-pressed")).toBe("true");
  await page.goBack();
  await expectTitles("hall", "net");
  await button(page, `${word} 2`).click();
  await expectTitles("hall", "net");
  await button(page, "net 1").click();
  await expectTitles("net");
  await button(page, "Filters (3)").click();
  await button(page, "Clear filters").click();
  await expectTitles("full", "hall", "net");

  await field(page, "Place").fill("lodz");
  await expectTitles("hall");
  await button(page, "lodz").click();
  await expectTitles("full", "hall", "net");
  expect(await field(page, "Place").inputValue()).toBe("");
  const inDays = (days: number) =>
    new Date(Date.now() + days * 24 * HOUR_MS).toISOString().slice(0, 10);
  await field(page, "From").fill(inDays(3));
  await page.getByText("No event found").waitFor();
  await button(page, "At any time").click();
  await expectTitles("full", "hall", "net");
  await expectAccessible(page, "filters");
});

scenario("the list changes as the reader and others register", async ({ visitor }) => {
  const [olga, ada, bob] = [await aPerson(), await aPerson("Ada Lovelace"), await aPerson("Bob")];
  const word = aWord();
  const eventId = await anEvent(olga.token, { title: `${word} small`, capacity: 2 });
  const hers = await visitor("ada", { locale: "fr-FR" });
  await hers.page.goto(site().url(`events?search=${word}`));
  await field(hers.page, "Adresse e-mail").fill(ada.email);
  await field(hers.page, "Mot de passe").fill(ada.password);
  await button(hers.page, "Se connecter").click();
  await hers.page.getByText("2 places libres").waitFor();
  await register(ada.token, eventId);
  await hers.page.getByText("Vous venez").waitFor();
  await hers.page.getByText("1 place libre").waitFor();

  const his = await visitor("bob", { size: PHONE });
  await signIn(his.page, site(), bob, { path: `events/${eventId}`, shows: `${word} small` });
  await button(his.page, "Register").click();
  await his.page.getByText("You are coming").waitFor();
  await hers.page.getByText("Complet", { exact: true }).waitFor();
  await expectAccessible(hers.page, "found");
});

scenario("an empty list says which filter hides events, and takes it off", async (stage) => {
  const [olga, ada] = [await aPerson(), await aPerson("Ada Lovelace")];
  const word = aWord();
  await anEvent(olga.token, { title: `${word} talk`, tags: [word] });
  const { page } = await stage.visitor("ada");
  const path = `events?search=${word}&free=true&place=nowhere&tags=${word}`;
  await signIn(page, site(), ada, { path, shows: "Events" });
  await page.getByText("No event found").waitFor();
  await page.getByText("There are events if you leave one of these out:").waitFor();
  expect(await button(page, "Without the search").count()).toBe(0);
  await expectAccessible(page, "nothing found");
  await button(page, "At any place").click();
  await link(page, `${word} talk`).waitFor();
  await page.goto(site().url("events?search=zzzzzz&place=zzzzzz&when=never&free=maybe"));
  await page.getByText("No single filter hides them.").waitFor();
  await link(page, "All events").click();
  await expect.poll(() => page.url(), SOON).toBe(site().url("events"));
});

scenario(
  "a list that cannot be read says so, and is there once it is tried again",
  async (stage) => {
    const [olga, ada] = [await aPerson(), await aPerson("Ada Lovelace")];
    const word = aWord();
    await anEvent(olga.token, { title: `${word} talk` });
    const { page, announce } = await stage.visitor("ada");
    await signIn(page, site(), ada, { path: "events", shows: "Events" });
    await titles(page).first().waitFor();
    announce(...LINE_IS_CUT);
    site().cut();
    await field(page, "Search events").fill(word);
    await page.getByRole("alert").getByRole("button", { name: "Try again" }).waitFor();
    await expectAccessible(page, "failed");
    site().mend();
    await button(page.getByRole("alert"), "Try again").click();
    await link(page, `${word} talk`).waitFor();
  },
);
