// Guarantees about confirming and changing an address, through the real mailbox: opening a link
// uses nothing, whoever opens it; buttons do.
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { withDatabase } from "../kit/database.ts";
import { CONFIRMATION, codeIn, tokenIn, untilMail } from "../kit/mailbox.ts";
import { stack } from "../kit/stack.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, expectViolation, field, fill, heading, link } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

// Whatever is there: the page only links to it.
const site = useSite({ MAILBOX_URL: stack().urls.routers[0] ?? "" });
const PASSWORD = "correct horse battery staple";
const NOT_CONFIRMED = "Your email address is not confirmed yet.";

/** The person signed in more than ten minutes ago. */
async function expireAuthentication({ id }: { readonly id: string }): Promise<void> {
  const past = "update session set authenticated_at = now() - interval '1 hour' where user_id = $1";
  await withDatabase("users", (client) => client.query(past, [id]));
}

async function signUp(page: Page): Promise<string> {
  const email = `${randomUUID()}@meetinity.test`;
  await page.goto(site().url("sign-up"));
  await fill(page, { Name: "Ada Lovelace", "Email address": email, Password: PASSWORD });
  await button(page, "Create account").click();
  await heading(page, "Confirm your address").waitFor();
  return email;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(site().url("sign-in"));
  await fill(page, { "Email address": email, Password: PASSWORD });
  await button(page, "Sign in").click();
  await heading(page, "Conversations").waitFor();
}

scenario("a person signs up, and confirms the address by the code of the mail", async (stage) => {
  const { page } = await stage.visitor("ada", { size: PHONE });
  const email = await signUp(page);
  await page.getByText(email).waitFor();
  await link(page, "Open the local mailbox").waitFor();
  await expectAccessible(page, "confirming an address");
  const code = codeIn(await untilMail(email, CONFIRMATION));
  await field(page, "Code").fill("12345");
  await button(page, "Confirm").click();
  await expectViolation(field(page, "Code"), "A code has six digits.");
  await field(page, "Code").fill(String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
  await button(page, "Confirm").click();
  await expectViolation(field(page, "Code"), "4 tries left");
  await button(page, "Send another mail").click();
  await page.getByText(/^Another mail in/).waitFor();
  await field(page, "Code").fill(code);
  await button(page, "Confirm").click();
  await heading(page, "What brings you here?").waitFor();
  await expect.poll(() => page.getByText(NOT_CONFIRMED).count(), SOON).toBe(0);
});

scenario("a person who signs up in French gets a mail in French", async (stage) => {
  const { page } = await stage.visitor("ada");
  await page.goto(site().url("sign-up"));
  await button(page, "Menu").click();
  await page.getByRole("menuitemradio", { name: "Français" }).click();
  await page.keyboard.press("Escape");
  const email = `${randomUUID()}@meetinity.test`;
  await fill(page, { Nom: "Ada Lovelace", "Adresse e-mail": email, "Mot de passe": PASSWORD });
  await button(page, "Créer le compte").click();
  await heading(page, "Confirmez votre adresse").waitFor();
  const mail = await untilMail(email, "Confirmez votre adresse e-mail");
  await field(page, "Code").fill(codeIn(mail));
  await button(page, "Confirmer").click();
  await heading(page, "Qu’est-ce qui vous amène ?").waitFor();
});

scenario("later, every page says so, until a link in another tab confirms it", async (stage) => {
  const { page, newTab } = await stage.visitor("ada");
  const email = await signUp(page);
  await link(page, "Later").click();
  await heading(page, "What brings you here?").waitFor();
  await page.goto(site().url());
  await heading(page, "Conversations").waitFor();
  await page.getByText(NOT_CONFIRMED).waitFor();
  await expectAccessible(page, "conversations of somebody without a confirmed address");
  const path = `verify-email?token=${tokenIn(await untilMail(email, CONFIRMATION))}`;
  await fetch(site().url(path), { headers: { accept: "text/html" } });
  const tab = await newTab();
  await tab.goto(site().url(path));
  await button(tab, "Confirm").waitFor();
  await expect.poll(() => tab.url(), SOON).toBe(site().url("verify-email"));
  await expectAccessible(tab, "the button that confirms");
  await page.getByText(NOT_CONFIRMED).waitFor();
  await button(tab, "Confirm").click();
  await heading(tab, "Your address is confirmed").waitFor();
  await expect.poll(() => page.getByText(NOT_CONFIRMED).count(), SOON).toBe(0);
  await tab.goto(site().url(path));
  await button(tab, "Confirm").click();
  await heading(tab, "Your address was confirmed already").waitFor();
});

scenario("an address is changed, and the old one undoes it", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, ada.email);
  await page.goto(site().url("settings/account"));
  const section = page.getByRole("region", { name: "Email address" });
  await section.getByText(ada.email).waitFor();
  await section.getByText("Confirmed", { exact: true }).waitFor();
  await button(page, "Change the address").click();
  await field(page, "New address").fill("nowhere");
  await button(page, "Send the mail").click();
  await expectViolation(field(page, "New address"), "This is not an email address.");
  const other = `${randomUUID()}@meetinity.test`;
  await field(page, "New address").fill(other);
  await button(page, "Send the mail").click();
  await section.getByText(`on its way to ${other}`).waitFor();
  await expectAccessible(page, "a change of address that waits");
  await button(page, "Cancel this change").click();
  await page.getByText(`The change to ${other} is cancelled.`).waitFor();
  await expect.poll(() => field(page, "Code").count(), SOON).toBe(0);

  await button(page, "Change the address").click();
  await field(page, "New address").fill(other);
  await button(page, "Send the mail").click();
  await section.getByText(`on its way to ${other}`).waitFor();
  await field(page, "Code").fill(
    codeIn(await untilMail(other, "Confirm your new e-mail address", 2)),
  );
  await button(page, "Confirm").click();
  await expect.poll(() => section.getByText(ada.email).count(), SOON).toBe(0);
  await section.getByText(other).waitFor();

  const token = tokenIn(await untilMail(ada.email, "Your e-mail address was changed"));
  const { page: elsewhere } = await stage.visitor("owner");
  await elsewhere.goto(site().url(`undo-email?token=${token}`));
  await button(elsewhere, "Undo the change").waitFor();
  await expectAccessible(elsewhere, "undoing a change of address");
  await button(elsewhere, "Undo the change").click();
  await heading(elsewhere, "The change is undone").waitFor();
  await heading(page, "Sign in").waitFor();
  await link(elsewhere, "Choose a password").click();
  await heading(elsewhere, "Choose a new password").waitFor();
  await field(elsewhere, "New password").fill("seven purple kettles");
  await button(elsewhere, "Set the password").click();
  await elsewhere.getByText(`Sign in with ${ada.email}`).waitFor();
});

scenario(
  "a change that waits is taken back, in French, behind the question who it is",
  async (stage) => {
    const ada = await aPerson("Ada Lovelace");
    const { page } = await stage.visitor("ada", { locale: "fr-FR" });
    await page.goto(site().url("settings/account"));
    await fill(page, { "Adresse e-mail": ada.email, "Mot de passe": PASSWORD });
    await button(page, "Se connecter").click();
    await button(page, "Modifier l’adresse").click();
    await expireAuthentication(ada);
    const other = `${randomUUID()}@meetinity.test`;
    await field(page, "Nouvelle adresse").fill(other);
    await button(page, "Envoyer l’e-mail").click();
    const dialog = page.getByRole("dialog", { name: "Confirmez que c’est bien vous" });
    await button(dialog, "Annuler").click();
    await page.getByText("Rien n’a été changé").waitFor();
    await button(page, "Envoyer l’e-mail").click();
    await dialog.getByLabel("Mot de passe", { exact: true }).fill(PASSWORD);
    await button(dialog, "Confirmer").click();
    await page.getByText(other).waitFor();
    await expectAccessible(page, "a change of address that waits, in French");
    await button(page, "Annuler ce changement").click();
    await page.getByText(`Le changement pour ${other} est annulé.`).waitFor();
    await expect.poll(() => field(page, "Code").count(), SOON).toBe(0);
  },
);
