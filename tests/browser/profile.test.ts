// Guarantees about one's own profile: what is written is shown at once as others will see it, words
// are suggested and free, mistakes are at their field, and no change is lost by leaving.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { button, expectViolation, field, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

const words = (page: Page, label: string) =>
  page.getByLabel(label, { exact: true }).and(page.locator("input"));

const remove = (page: Page, word: string) => page.getByLabel(`Remove ${word}`, { exact: true });

const preview = (page: Page) => page.getByRole("region", { name: "How others see you" });

async function profileOf({ id, token }: Person) {
  type Data = { user: Readonly<Record<string, unknown>> };
  return (await dataOf<Data>(operation("UserProfile"), { id }, { as: token })).user;
}

scenario("a profile is written by keys, shown at once as a card, and kept", async (stage) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: "profile", shows: "Profile" });
  await field(page, "Headline").fill("Engine programmer");
  await field(page, "About you").fill("Ask me about Bernoulli numbers.\nOr horses.");
  await page.getByLabel("Mentoring others").press("Space");
  const { keyboard } = page;
  await words(page, "Good at").focus();
  await keyboard.type("k8");
  await page.getByRole("option", { name: "Kubernetes" }).waitFor();
  await expectAccessible(page, "suggested words");
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await remove(page, "Kubernetes").waitFor();
  // Free words, by Enter and by a comma; the same word again is not added.
  await keyboard.type("Analytical engines");
  await keyboard.press("Enter");
  await remove(page, "Analytical engines").waitFor();
  await keyboard.type("kubernetes,Go,");
  await remove(page, "Go").waitFor();
  expect(await words(page, "Good at").inputValue()).toBe("");
  expect(await page.getByLabel(/^Remove kubernetes$/i).count()).toBe(1);
  await keyboard.press("Backspace");
  await expect.poll(() => remove(page, "Go").count(), SOON).toBe(0);
  // Once the list is closed, and once more: no word is lost.
  await keyboard.press("Escape");
  await keyboard.press("Escape");
  // A word that is typed counts when the field is left.
  await words(page, "Likes to talk about").fill("Horses");
  await words(page, "Speaks").fill("germ");
  await page.getByRole("option", { name: "German" }).waitFor();
  await keyboard.press("Enter");
  await remove(page, "German").waitFor();
  await keyboard.press("Escape");
  await remove(page, "Horses").waitFor();
  for (const text of ["Engine programmer", "Or horses.", "Mentoring others", "Kubernetes"]) {
    await preview(page).getByText(text).first().waitFor();
  }
  await expectAccessible(page, "a changed profile");
  await button(page, "Save").click();
  await page.getByText("Your profile is saved.").waitFor();
  expect(await profileOf(ada)).toMatchObject({
    headline: "Engine programmer",
    bio: "Ask me about Bernoulli numbers.\nOr horses.",
    intents: ["MENTOR"],
    skills: ["Kubernetes", "Analytical engines"],
    interests: ["Horses"],
    languages: ["de"],
  });
  expect(await button(page, "Save").count()).toBe(0);
  await page.reload();
  await remove(page, "Analytical engines").click();
  await field(page, "Headline").fill("");
  await button(page, "Save").click();
  await page.getByText("Your profile is saved.").waitFor();
  expect(await profileOf(ada)).toMatchObject({ headline: null, skills: ["Kubernetes"] });
});

scenario("a mistake is at its field, with the limit, and changes nothing", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "profile", shows: "Profile" });
  await field(page, "Headline").fill("x".repeat(121));
  await page.getByText("121 of 120").waitFor();
  await field(page, "Name").fill(" ");
  await button(page, "Save").click();
  await expectViolation(field(page, "Headline"), "At most 120 characters");
  await expectViolation(field(page, "Name"), "Please fill this in.");
  await expectAccessible(page, "a profile with mistakes");
  await field(page, "Headline").fill("Programmer");
  await field(page, "Name").fill("Meetinity Support");
  await button(page, "Save").click();
  await expectViolation(field(page, "Name"), "This name is reserved.");
  const long = "y".repeat(61);
  await words(page, "Good at").fill(long);
  await words(page, "Good at").press("Enter");
  await page.getByText("A word has at most 60 characters.").waitFor();
  expect(await words(page, "Good at").inputValue()).toBe(long);
  expect(await profileOf(ada)).toMatchObject({ displayName: "Ada Lovelace", headline: null });
  await button(page, "Discard").click();
  expect(await field(page, "Name").inputValue()).toBe("Ada Lovelace");
});

scenario("leaving asks before changes are lost", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada", { locale: "en-GB" });
  await signIn(page, site(), ada, { path: "profile", shows: "Profile" });
  await field(page, "Place").fill("London");
  await link(page, "Events").click();
  const question = page.getByRole("alertdialog");
  await expectAccessible(page, "question before changes are lost");
  await button(question, "Cancel").click();
  await expect.poll(() => question.count(), SOON).toBe(0);
  expect(await field(page, "Place").inputValue()).toBe("London");
  await link(page, "Events").click();
  await button(question, "Discard").click();
  await heading(page, "Events").waitFor();
});

scenario("the profile is there in French", async ({ visitor }) => {
  const ada = await aPerson("Ada Lovelace");
  const { page } = await visitor("ada", { locale: "fr-FR", size: PHONE });
  await page.goto(site().url("profile"));
  await field(page, "Adresse e-mail").fill(ada.email);
  await field(page, "Mot de passe").fill(ada.password);
  await button(page, "Se connecter").click();
  await heading(page, "Profil").waitFor();
  await words(page, "Parle").fill("allem");
  await page.getByRole("option", { name: "Allemand" }).click();
  await button(page, "Afficher toute la fiche").click();
  await page.getByRole("listitem").filter({ hasText: "Allemand" }).first().waitFor();
  await expectAccessible(page, "the profile in French");
  await button(page, "Enregistrer").click();
  await page.getByText("Votre profil est enregistré.").waitFor();
});
