// Guarantees about choosing a new password and signing in by mail, through the real mailbox:
// opening a link uses nothing, whoever opens it; buttons do.
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { codeIn, lastOf, tokenIn, untilMails } from "../kit/mailbox.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, expectViolation, field, fill, heading, link } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();
const NEW = "seven purple kettles";

/** The requests of a program that checks the links of a mail. */
async function scan(path: string): Promise<void> {
  const response = await fetch(site().url(path), { headers: { accept: "text/html" } });
  expect(response.status).toBe(200);
}

/** Asks for a link to choose a password, and returns the page of the link. */
async function resetLink(page: Page, email: string, before = 0): Promise<string> {
  await page.goto(site().url("sign-in"));
  await link(page, "Forgot your password?").click();
  await heading(page, "Forgot your password?").waitFor();
  await fill(page, { "Email address": email });
  await button(page, "Send the link").click();
  await heading(page, "Check your mail").waitFor();
  return `reset-password?token=${tokenIn(lastOf(await untilMails(email, before + 1)))}`;
}

scenario(
  "a forgotten password is replaced by a link, which a scanner opened first",
  async (stage) => {
    const ada = await aPerson("Ada Lovelace");
    const { page } = await stage.visitor("ada", { size: PHONE });
    const path = await resetLink(page, ada.email);
    await expectAccessible(page, "a link was sent");
    await scan(path);
    await page.goto(site().url(path));
    await heading(page, "Choose a new password").waitFor();
    await expect.poll(() => page.url(), SOON).toBe(site().url("reset-password"));
    await expectAccessible(page, "choosing a password");

    const password = field(page, "New password");
    const rule = page.getByRole("listitem").filter({ hasText: "At least 8 characters" });
    await password.fill("lovelac");
    await expect.poll(() => rule.textContent(), SOON).toContain("not met yet");
    await password.fill("lovelace!");
    await expect.poll(() => rule.textContent(), SOON).toContain(": met");
    await button(page, "Set the password").click();
    await expectViolation(password, "This is mostly your name");
    await password.fill("password123");
    await button(page, "Set the password").click();
    await expectViolation(password, "Many people use this password");
    await password.fill(NEW);
    await button(page, "Set the password").click();
    await heading(page, "Your password was changed").waitFor();
    await page.getByText(`Sign in with ${ada.email}`).waitFor();
    await link(page, "Sign in").click();
    await heading(page, "Sign in").waitFor();
    await fill(page, { "Email address": ada.email, Password: NEW });
    await button(page, "Sign in").click();
    await heading(page, "Conversations").waitFor();

    await page.goto(site().url(path));
    await fill(page, { "New password": `${NEW} again` });
    await button(page, "Set the password").click();
    await heading(page, "This link no longer works").waitFor();
  },
);

scenario("an unknown address sees the same page", async ({ visitor }) => {
  const { page } = await visitor("stranger");
  await page.goto(site().url("forgot-password"));
  await fill(page, { "Email address": `${randomUUID()}@meetinity.test` });
  await button(page, "Send the link").click();
  await heading(page, "Check your mail").waitFor();
});

/** Asks for a mail to sign in with, and waits for its link and code. */
async function magicMail(page: Page, email: string) {
  await page.goto(site().url("sign-in"));
  await link(page, "Sign in by mail").click();
  await heading(page, "Sign in by mail").waitFor();
  await fill(page, { "Email address": email });
  await button(page, "Send the mail").click();
  await heading(page, "Check your mail").waitFor();
  const mail = lastOf(await untilMails(email, 1));
  return { path: `magic-link?token=${tokenIn(mail)}`, code: codeIn(mail) };
}

scenario("a link signs in where it was asked for, and the waiting tab follows", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page, newTab } = await stage.visitor("ada");
  const { path } = await magicMail(page, ada.email);
  await expectAccessible(page, "waiting for the mail");
  await scan(path);
  const tab = await newTab();
  await tab.goto(site().url(path));
  await button(tab, "Sign in").waitFor();
  await expectAccessible(tab, "the button of a link");
  await heading(page, "Check your mail").waitFor();
  await button(tab, "Sign in").click();
  await heading(tab, "Conversations").waitFor();
  await heading(page, "Conversations").waitFor();
});

scenario(
  "a link that is opened elsewhere says what to do, and its code works at home",
  async (stage) => {
    const ada = await aPerson("Ada Lovelace");
    const desk = await stage.visitor("desk");
    const phone = await stage.visitor("phone", { size: PHONE });
    const { path, code } = await magicMail(desk.page, ada.email);
    await phone.page.goto(site().url(path));
    await button(phone.page, "Sign in").click();
    await heading(phone.page, "Open this link where you asked for it").waitFor();
    await expectAccessible(phone.page, "a link that was opened elsewhere");

    const typed = field(desk.page, "Code");
    await typed.fill("12345");
    await button(desk.page, "Sign in").click();
    await expectViolation(typed, "A code has six digits.");
    await typed.fill(String((Number(code) + 1) % 1_000_000).padStart(6, "0"));
    await button(desk.page, "Sign in").click();
    await expectViolation(typed, "This is not the code. 4 tries left.");
    await button(desk.page, "Send again").click();
    await desk.page.getByText("Another mail is on its way.").waitFor();
    await typed.fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await button(desk.page, "Sign in").click();
    await heading(desk.page, "Conversations").waitFor();
  },
);

scenario("the password is changed in the settings, in French", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada", { locale: "fr-FR" });
  await page.goto(site().url("settings/security"));
  await heading(page, "Se connecter").waitFor();
  await fill(page, { "Adresse e-mail": ada.email, "Mot de passe": ada.password });
  await button(page, "Se connecter").click();
  await heading(page, "Sécurité").waitFor();
  const [current, next] = [field(page, "Mot de passe actuel"), field(page, "Nouveau mot de passe")];
  const change = () => button(page, "Modifier le mot de passe").click();
  await change();
  await expectViolation(current, "Veuillez remplir ce champ.");
  await current.fill("wrong");
  await next.fill(NEW);
  await change();
  await expectViolation(current, "Ce n’est pas votre mot de passe actuel.");
  await current.fill(ada.password);
  await next.fill(ada.password);
  await change();
  await expectViolation(next, "C’est votre mot de passe actuel.");
  await next.fill(NEW);
  await change();
  await page.getByRole("status").filter({ hasText: "1 autre appareil" }).waitFor();
  await expectAccessible(page, "the settings of the password");
  expect(lastOf(await untilMails(ada.email, 1)).subject).toBe("Your password was changed");
});
