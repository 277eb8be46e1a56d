// Guarantees about two-step sign-in in the app: turned on by an app that makes codes, asked for at
// the next sign-in, and changed only by a person who confirms that it is them.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { codeAt } from "../kit/authenticator.ts";
import { withDatabase } from "../kit/database.ts";
import { codeIn as mailCodeIn, tokenIn, untilMail } from "../kit/mailbox.ts";
import { turnOnSecondFactor } from "../kit/second-factors.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, expectViolation, field, fill, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();
const STEP_MS = 30_000;

const section = (page: Page) => page.getByRole("region", { name: "Two-step sign-in" });

const code = (page: Page) => section(page).getByLabel("Code", { exact: true });

/** The code of a step from now: those before the last accepted one count no more. */
const codeIn = (secret: string, steps: number) =>
  codeAt(secret, new Date(Date.now() + steps * STEP_MS));

scenario("two-step sign-in is turned on, asked for, and turned off", async (stage) => {
  const person = await aPerson("Ada");
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), person);
  await page.goto(site().url("settings/security"));
  await button(page, "Turn on").click();
  await page.getByRole("img", { name: /QR code/ }).waitFor();
  const shown = await section(page).locator("code").first().textContent();
  const secret = (shown ?? "").replaceAll(" ", "");
  await expectAccessible(page, "enrolling");
  await code(page).fill("000000");
  await button(section(page), "Confirm").click();
  await expectViolation(code(page), "This code is wrong.");
  await code(page).fill(codeIn(secret, -1));
  await button(section(page), "Confirm").click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  const codes = await page.locator("ol code").allTextContents();
  expect(new Set(codes).size).toBe(10);
  await expectAccessible(page, "recovery codes");
  await page.getByLabel("I have kept these codes.").check();
  await button(page, "Done").click();
  await page.getByText("10 recovery codes are left.").waitFor();

  const { page: phone } = await stage.visitor("ada-again", { size: PHONE });
  await signIn(phone, site(), person, { path: "settings/security", shows: "Enter your code" });
  await expectAccessible(phone, "second step");
  await fill(phone, { Code: "000000" });
  await button(phone, "Sign in").click();
  await expectViolation(field(phone, "Code"), "4 tries are left.");
  await fill(phone, { Code: codeIn(secret, 0) });
  await button(phone, "Sign in").click();
  await heading(phone, "Security").waitFor();

  // Ten minutes later.
  const past = "update session set authenticated_at = now() - interval '1 hour' where user_id = $1";
  await withDatabase("users", (client) => client.query(past, [person.id]));
  await button(phone, "Turn off").click();
  await phone.getByRole("alertdialog").getByRole("button", { name: "Turn off" }).click();
  const dialog = phone.getByRole("dialog", { name: "Confirm that it is you" });
  await dialog.waitFor();
  await expectAccessible(phone, "step-up");
  await dialog.getByLabel("Password", { exact: true }).fill("wrong");
  await dialog.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
  await button(dialog, "Confirm").click();
  await dialog.getByText("The password is wrong.").waitFor();
  await dialog.getByLabel("Password", { exact: true }).fill(person.password);
  await button(dialog, "Confirm").click();
  await phone.getByText("Two-step sign-in is off.").waitFor();
  await expect.poll(() => dialog.isVisible(), SOON).toBe(false);
});

scenario("a recovery code signs in, in French", async (stage) => {
  const person = await aPerson("Ada");
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), person);
  await page.goto(site().url("settings/security"));
  await button(page, "Turn on").click();
  const shown = await section(page).locator("code").first().textContent();
  await code(page).fill(codeIn((shown ?? "").replaceAll(" ", ""), 0));
  await button(section(page), "Confirm").click();
  await page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
  const [recovery = ""] = await page.locator("ol code").allTextContents();

  const { page: other } = await stage.visitor("ada-fr", { locale: "fr-FR" });
  await other.goto(site().url("sign-in"));
  await fill(other, { "Adresse e-mail": person.email, "Mot de passe": person.password });
  await button(other, "Se connecter").click();
  await heading(other, "Saisissez votre code").waitFor();
  await button(other, "Utiliser un code de secours").click();
  await fill(other, { "Code de secours": recovery.toUpperCase() });
  await button(other, "Se connecter").click();
  await heading(other, "Conversations").waitFor();
});

scenario("a link by mail is the first step only: the code is asked for as well", async (stage) => {
  const person = await aPerson("Ada");
  const [recovery = "", another = ""] = await turnOnSecondFactor(person);
  const { page, newTab } = await stage.visitor("ada", { size: PHONE });
  await page.goto(site().url("sign-in-by-mail"));
  await heading(page, "Sign in by mail").waitFor();
  await fill(page, { "Email address": person.email });
  await button(page, "Send the mail").click();
  await heading(page, "Check your mail").waitFor();
  const mail = await untilMail(person.email, "Sign in to Meetinity");
  const tab = await newTab();
  await tab.goto(site().url(`magic-link?token=${tokenIn(mail)}`));
  await button(tab, "Sign in").click();
  await heading(tab, "Enter your code").waitFor();
  await expectAccessible(tab, "the second step behind a link");
  // Neither tab is signed in before the code.
  await heading(page, "Check your mail").waitFor();
  await button(tab, "Use a recovery code").click();
  await fill(tab, { "Recovery code": another.replace("-", "") });
  await button(tab, "Sign in").click();
  await heading(tab, "Conversations").waitFor();
  await heading(page, "Conversations").waitFor();

  // The code of the mail is the first step only, too.
  const { page: desk } = await stage.visitor("desk");
  await desk.goto(site().url("sign-in-by-mail"));
  await fill(desk, { "Email address": person.email });
  await button(desk, "Send the mail").click();
  await heading(desk, "Check your mail").waitFor();
  const second = await untilMail(person.email, "Sign in to Meetinity", 2);
  await fill(desk, { Code: mailCodeIn(second) });
  await button(desk, "Sign in").click();
  await heading(desk, "Enter your code").waitFor();
  await button(desk, "Use a recovery code").click();
  await fill(desk, { "Recovery code": recovery });
  await button(desk, "Sign in").click();
  await heading(desk, "Conversations").waitFor();
});

scenario("after a reload, signing in begins anew", async (stage) => {
  const { page } = await stage.visitor("nobody");
  await page.goto(site().url("second-factor"));
  await heading(page, "Sign in").waitFor();
  await link(page, "Create an account").waitFor();
});
