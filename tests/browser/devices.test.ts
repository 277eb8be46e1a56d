// Guarantees about the list of devices: it shows where a person is signed in, and ends sessions
// there within seconds; the other browser says why on its sign-in page.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario, type Visitor } from "./stage.ts";

const site = useSite();
const ENDED = /Your session on this device has ended/;

const list = (page: Page) => page.getByRole("list", { name: "Devices that are signed in" });
const rows = (page: Page) => list(page).getByRole("listitem");
const current = (page: Page): Locator => rows(page).filter({ hasText: "This device" });

async function openDevices({ page }: Visitor): Promise<void> {
  await page.goto(site().url("settings/devices"));
  await heading(page, "Devices").waitFor();
  await list(page).waitFor();
}

/** The router refuses the tokens of a session that has ended. */
const REFUSED = /\b401\b|WebSocket/;

scenario(
  "a session that is ended on another device signs out there within seconds",
  async (stage) => {
    const ada = await aPerson("Ada Lovelace");
    const phone = await stage.visitor("phone", { size: PHONE });
    const desk = await stage.visitor("desk", { size: DESK });
    for (const { page } of [phone, desk]) await signIn(page, site(), ada);
    await openDevices(phone);
    // Two browsers, and the program that made the account.
    await expect.poll(() => rows(phone.page).count(), SOON).toBe(3);
    await expect.poll(() => current(phone.page).count(), SOON).toBe(1);
    expect(await rows(phone.page).first().textContent()).toContain("Chrome");
    await expectAccessible(phone.page, "the list of devices");

    desk.announce(REFUSED);
    const other = rows(phone.page).filter({ hasNotText: "This device", hasText: "Chrome" });
    await button(other, /^Sign out Chrome/).click();
    await expect.poll(() => rows(phone.page).count(), SOON).toBe(2);
    await heading(desk.page, "Sign in").waitFor({ timeout: 5_000 });
    await desk.page.getByText(ENDED).waitFor();
    await expectAccessible(desk.page, "a session has ended");
    await phone.page.reload();
    await expect.poll(() => rows(phone.page).count(), SOON).toBe(2);

    await signIn(desk.page, site(), ada, { path: "sign-in" });
    expect(await desk.page.getByText(ENDED).count()).toBe(0);
  },
);

scenario(
  "all other devices are signed out after a question, by the keyboard alone",
  async (stage) => {
    const ada = await aPerson("Ada Lovelace");
    const [first, second] = [await stage.visitor("first"), await stage.visitor("second")];
    for (const { page } of [first, second]) await signIn(page, site(), ada);
    await openDevices(first);
    await expect.poll(() => rows(first.page).count(), SOON).toBe(3);
    const all = button(first.page, "Sign out all other devices");
    await all.press("Enter");
    const question = first.page.getByRole("alertdialog", { name: "Sign out all other devices?" });
    await question.waitFor();
    await expectAccessible(first.page, "a question");
    await first.page.keyboard.press("Escape");
    await question.waitFor({ state: "hidden" });
    expect(await rows(first.page).count()).toBe(3);

    second.announce(REFUSED);
    await all.press("Enter");
    await button(question, "Sign out").press("Enter");
    await expect.poll(() => rows(first.page).count(), SOON).toBe(1);
    await first.page.getByText("2 other devices are signed out.").waitFor();
    expect(await all.count()).toBe(0);
    await heading(second.page, "Sign in").waitFor({ timeout: 5_000 });
  },
);

scenario("a device that could not be signed out is in the list again", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const visitor = await stage.visitor("ada");
  const { page } = visitor;
  await signIn(page, site(), ada);
  await openDevices(visitor);
  await expect.poll(() => rows(page).count(), SOON).toBe(2);
  // A page whose first requests fail takes itself for offline.
  await page.waitForLoadState("networkidle");
  visitor.announce(/ERR_FAILED/);
  await page.route(/\/graphql$/, (route) => route.abort());
  await button(page, "Sign out Unknown device").click();
  await page.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await expect.poll(() => rows(page).count(), SOON).toBe(2);
});

scenario("the list speaks French", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { locale: "fr-FR" });
  await page.goto(site().url("settings/devices"));
  await page.getByLabel("Adresse e-mail", { exact: true }).fill(ada.email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(ada.password);
  await button(page, "Se connecter").click();
  await heading(page, "Appareils").waitFor();
  await page.getByText(/^Chrome sur /).waitFor();
  await button(page, "Déconnecter tous les autres appareils").waitFor();
});
