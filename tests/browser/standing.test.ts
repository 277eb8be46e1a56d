// Guarantees about people who are verified, suspended, or have not confirmed their address.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { aPersonWho } from "../e2e/users/moderators.ts";
import { dataOf } from "../kit/client.ts";
import { aNewcomer, aPerson, type Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aGroup, aMatchedPair } from "./people.ts";
import { button, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, scenario } from "./stage.ts";

const site = useSite();
const REASON = "Selling tickets by private message.";

const tryToSignIn = async (page: Page, { email, password }: Person, labels: readonly string[]) => {
  const [address = "", secret = "", submit = ""] = labels;
  await page.goto(site().url("sign-in"));
  await page.getByLabel(address, { exact: true }).fill(email);
  await page.getByLabel(secret, { exact: true }).fill(password);
  await button(page, submit).click();
};

scenario("a suspended person is told why, in their language", async ({ visitor }) => {
  const [moderator, person] = await Promise.all([aPersonWho("MODERATOR"), aPerson("Ada")]);
  const input = { userId: person.id, reason: REASON };
  await dataOf(operation("SuspendUser"), { input }, { as: moderator.token });
  const english = await visitor("english");
  await tryToSignIn(english.page, person, ["Email address", "Password", "Sign in"]);
  await english.page.getByRole("alert").filter({ hasText: "This account is suspended" }).waitFor();
  expect(await english.page.getByRole("alert").innerText()).toContain(REASON);
  await expectAccessible(english.page, "suspended");
  const french = await visitor("french", { locale: "fr-FR", size: PHONE });
  await tryToSignIn(french.page, person, ["Adresse e-mail", "Mot de passe", "Se connecter"]);
  await french.page.getByRole("alert").filter({ hasText: "Ce compte est suspendu" }).waitFor();
  expect(await french.page.getByRole("alert").innerText()).toContain(REASON);
});

scenario("a verified person has a badge beside the name", async ({ visitor }) => {
  const { ada, grace, conversationId } = await aMatchedPair();
  const admin = await aPersonWho("ADMIN");
  const input = { userId: grace.id };
  await dataOf(operation("VerifyUser"), { input }, { as: admin.token });
  const { page } = await visitor("ada", { size: PHONE });
  const path = `people/${grace.id}`;
  await signIn(page, site(), ada, { path, shows: "Grace Hopper Verified" });
  await expectAccessible(page, "a verified person");
  await page.goto(site().url(`conversations/${conversationId}`));
  await page.getByRole("heading", { name: "Grace Hopper Verified" }).waitFor();
  await page.goto(site().url(`people/${ada.id}`));
  await page.getByRole("heading", { name: "Ada Lovelace", exact: true }).waitFor();
});

scenario("a newcomer is asked to confirm their address where they would write", async (stage) => {
  const [ada, grace] = [await aNewcomer("Ada Lovelace"), await aPerson("Grace Hopper")];
  const conversationId = await aGroup("Talk", grace, [ada]);
  const { page } = await stage.visitor("ada", { size: PHONE });
  const path = `people/${grace.id}`;
  await signIn(page, site(), ada, { path, shows: "Grace Hopper" });
  await button(page, "Message").click();
  const strip = page.getByRole("alert").filter({ hasText: "Confirm your email address first" });
  await strip.waitFor();
  await expectAccessible(page, "the card of a person");
  await page.goto(site().url(`conversations/${conversationId}`));
  await chatOf(page).send("Hello ada-1.");
  await page.getByText("Not sent. Your email address is not confirmed yet.").waitFor();
  await strip.waitFor();
  await expectAccessible(page, "a conversation");
  await button(page, "Send the email again").click();
  await strip.filter({ hasText: "Open its link" }).waitFor();
});
