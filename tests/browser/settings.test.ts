// Guarantees about the settings: one list leads to all of them, on a phone and beside the page in a
// wide window; a choice counts at once and stays; older addresses go on working.
import { expect } from "vitest";
import { mailsTo } from "../kit/mailbox.ts";
import { anEvent, aPerson, register } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, choose, fill, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

const PAGES = ["Look and language", "Account", "Security", "Devices", "Privacy"];
const FRENCH_PAGES = ["Apparence et langue", "Compte", "Sécurité", "Appareils", "Confidentialité"];

scenario("a phone shows the list of settings, or one page of them", async ({ visitor }) => {
  const { page } = await visitor("ada", { size: PHONE });
  await signIn(page, site(), await aPerson("Ada Lovelace"));
  await choose(page, "Settings", "menuitem");
  await heading(page, "Settings").waitFor();
  await expect.poll(() => page.title(), SOON).toContain("Settings");
  await expectAccessible(page, "the list of settings", [PHONE]);
  for (const name of PAGES) {
    await link(page, new RegExp(`^${name}`)).click();
    await heading(page, name).waitFor();
    await expect.poll(() => page.title(), SOON).toContain(name);
    await expectAccessible(page, `the page ${name}`);
    await page.setViewportSize(PHONE);
    expect(await link(page, /^Security/).count()).toBe(0);
    await link(page.getByRole("main"), "Settings").click();
    await heading(page, "Settings").waitFor();
  }
});

scenario("a wide window shows the list beside each page, in French", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada", { size: DESK, locale: "fr-FR", theme: "dark" });
  await page.goto(site().url("settings"));
  await page.getByLabel("Adresse e-mail", { exact: true }).fill(ada.email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(ada.password);
  await button(page, "Se connecter").click();
  await heading(page, "Apparence et langue").waitFor();
  const list = page.getByRole("navigation", { name: "Réglages" });
  for (const name of FRENCH_PAGES) {
    await link(list, new RegExp(`^${name}`)).click();
    await heading(page, name).waitFor();
    await expect.poll(() => list.locator("[aria-current=page]").innerText(), SOON).toBe(name);
    await expectAccessible(page, `the page ${name}`);
  }
});

scenario("language and theme are chosen by keyboard, count at once and stay", async (stage) => {
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), await aPerson("Ada Lovelace"), {
    path: "settings/look",
    shows: "Look and language",
  });
  await page.getByRole("radio", { name: "System" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  const theme = () => page.locator("html").getAttribute("data-theme");
  await expect.poll(theme, SOON).toBe("dark");
  await expectAccessible(page, "the dark theme");
  await page.getByRole("radio", { name: "Français" }).check();
  await heading(page, "Apparence et langue").waitFor();
  await page.reload();
  await heading(page, "Apparence et langue").waitFor();
  expect(await theme()).toBe("dark");
  expect(await page.getByRole("radio", { name: "Sombre" }).isChecked()).toBe(true);
});

scenario("the privacy page hides one from the attendees of an event", async ({ visitor }) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Lovelace")];
  const eventId = await anEvent(olga.token, { title: "Compilers by night" });
  await register(ada.token, eventId);
  const { page } = await visitor("ada");
  await signIn(page, site(), ada, { path: "settings/privacy", shows: "Privacy" });
  const wish = page.getByRole("checkbox", { name: /among the attendees · Compilers by night/ });
  await wish.check();
  await page.getByText("Others no longer see you among the attendees.").waitFor();
  await page.reload();
  await expect.poll(() => wish.isChecked(), SOON).toBe(true);
  await expectAccessible(page, "the privacy page with an event");
});

scenario("the language is that of the account, on a new device and in mails", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const [first, other] = [await stage.visitor("first"), await stage.visitor("other")];
  await signIn(first.page, site(), ada, { path: "settings/look", shows: "Look and language" });
  await signIn(other.page, site(), ada);
  await first.page.getByRole("radio", { name: "Français" }).click();
  await heading(first.page, "Apparence et langue").waitFor();
  const unsent = () => first.page.evaluate("localStorage.getItem('meetinity.languageUnsent')");
  await expect.poll(unsent, SOON).toBeNull();

  await other.page.reload();
  await link(other.page, "Évènements").waitFor();
  const { page } = await stage.visitor("new device");
  await page.goto(site().url());
  await fill(page, { "Email address": ada.email, Password: ada.password });
  await button(page, "Sign in").click();
  await link(page, "Évènements").waitFor();
  const subjects = async () => (await mailsTo(ada.email)).map(({ subject }) => subject);
  await expect.poll(subjects, SOON).toContainEqual(expect.stringMatching(/^Nouvelle connexion/));
});

scenario("a language that is chosen without a network is stored afterwards", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page, context, announce } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: "settings/look", shows: "Look and language" });
  announce(/ERR_INTERNET_DISCONNECTED|WebSocket/);
  // The texts of the other language are here already.
  await page.getByRole("radio", { name: "Français" }).click();
  await heading(page, "Apparence et langue").waitFor();
  const unsent = () => page.evaluate("localStorage.getItem('meetinity.languageUnsent')");
  await expect.poll(unsent, SOON).toBeNull();
  await context.setOffline(true);
  await page.getByRole("radio", { name: "English" }).click();
  await heading(page, "Look and language").waitFor();
  await expect.poll(unsent, SOON).toBe(`${ada.id} en`);
  await context.setOffline(false);
  await expect.poll(unsent, SOON).toBeNull();
  await page.reload();
  await heading(page, "Look and language").waitFor();
});
