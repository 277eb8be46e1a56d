// Guarantees about leaving: it takes the password and a second thought, signs out everywhere, and
// whoever signs in again in time can come back and do nothing else.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { withDatabase } from "../kit/database.ts";
import { letLeave, untilAllErased } from "../kit/erasures.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, choose, expectViolation, field, fill, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";
import { turnOn } from "./two-steps.ts";

const site = useSite();

/** Opens the account page, and asks to delete the account. */
async function askToLeave(page: Page, password: string): Promise<void> {
  await choose(page, "Settings", "menuitem");
  await link(page, /^Account/).click();
  await heading(page, "Account").waitFor();
  await field(page, "Your password").fill(password);
  await button(page, "Delete my account").click();
}

async function leave(page: Page, { password }: Person): Promise<void> {
  await askToLeave(page, password);
  await button(page.getByRole("alertdialog"), "Delete my account").click();
  await heading(page, "You have left").waitFor();
}

scenario("a person leaves, is signed out everywhere, and comes back", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada", { size: PHONE });
  const { page: other } = await visitor("ada elsewhere", { size: DESK });
  await signIn(other, site(), ada);
  await signIn(page, site(), ada);
  await askToLeave(page, "");
  await expectViolation(field(page, "Your password"), "Please fill this in");
  await askToLeave(page, "not the password at all");
  const dialog = page.getByRole("alertdialog");
  await expectAccessible(page, "asked whether to leave");
  await button(dialog, "Cancel").click();
  await dialog.waitFor({ state: "hidden" });
  await button(page, "Delete my account").click();
  await button(dialog, "Delete my account").click();
  await expectViolation(field(page, "Your password"), "This is not your password");
  await expectAccessible(page, "a wrong password");

  await leave(page, ada);
  await expectAccessible(page, "has left");
  await page.getByText(/^We delete your account on .+ Until then, sign in/).waitFor();
  await heading(other, "Sign in").waitFor();

  await page.getByRole("link", { name: "Sign in", exact: true }).click();
  await heading(page, "Sign in").waitFor();
  await fill(page, { "Email address": ada.email, Password: ada.password });
  await button(page, "Sign in").click();
  await heading(page, "You are leaving").waitFor();
  await expectAccessible(page, "is leaving");
  for (const path of ["", "settings/account", `people/${ada.id}`]) {
    await page.goto(site().url(path));
    await heading(page, "You are leaving").waitFor();
  }
  await button(page, "Come back").click();
  await heading(page, "Conversations").waitFor();
  await page.goto(site().url("leaving"));
  await heading(page, "Conversations").waitFor();
});

scenario("somebody who has left and stays away cannot sign in any more", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada", { size: DESK });
  await signIn(page, site(), ada);
  await leave(page, ada);
  await signIn(page, site(), ada, { path: "sign-in", shows: "You are leaving" });
  await button(page, "Sign out").click();
  await heading(page, "Sign in").waitFor();
  await letLeave(ada.id);
  await untilAllErased(ada.id);
  await fill(page, { "Email address": ada.email, Password: ada.password });
  await button(page, "Sign in").click();
  await expect.poll(() => page.getByRole("alert").textContent(), SOON).toContain("wrong");
});

scenario(
  "with two-step sign-in, leaving asks again who it is, and goes on from there",
  async (stage) => {
    const ada = await aPerson("Ada Lovelace");
    const { page } = await stage.visitor("ada", { size: PHONE });
    await signIn(page, site(), ada);
    await page.goto(site().url("settings/security"));
    const codes = await turnOn(page);
    const past =
      "update session set authenticated_at = now() - interval '1 hour' where user_id = $1";
    await withDatabase("users", (client) => client.query(past, [ada.id]));
    await page.goto(site().url("settings/account"));
    await field(page, "Your password").fill(ada.password);
    const leaveNow = async () => {
      await button(page, "Delete my account").click();
      await button(page.getByRole("alertdialog"), "Delete my account").click();
    };
    await leaveNow();
    const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
    await button(dialog, "Cancel").click();
    await page.getByText("Nothing was changed").waitFor();
    await leaveNow();
    await dialog.getByLabel("Password", { exact: true }).fill(ada.password);
    await dialog.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
    await button(dialog, "Confirm").click();
    await heading(page, "You have left").waitFor();
  },
);

scenario("all of it is in French, too", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada", { size: PHONE, locale: "fr-FR" });
  await page.goto(site().url("settings/account"));
  await fill(page, { "Adresse e-mail": ada.email, "Mot de passe": ada.password });
  await button(page, "Se connecter").click();
  await page.getByRole("heading", { name: "Quitter Meetinity" }).waitFor();
  await field(page, "Votre mot de passe").fill(ada.password);
  await button(page, "Supprimer mon compte").click();
  await button(page.getByRole("alertdialog"), "Supprimer mon compte").click();
  await heading(page, "Vous êtes parti").waitFor();
  await page.getByRole("link", { name: "Se connecter", exact: true }).click();
  await fill(page, { "Adresse e-mail": ada.email, "Mot de passe": ada.password });
  await button(page, "Se connecter").click();
  await heading(page, "Vous nous quittez").waitFor();
  await button(page, "Revenir").click();
  await heading(page, "Conversations").waitFor();
});
