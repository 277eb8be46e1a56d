// Guarantees about matches and blocked people: a new match is in the open list at once, and a block
// is lifted where blocked people are listed.
import { expect } from "vitest";
import { setBlock } from "../kit/blocks.ts";
import { answer, aPairWithOneSkill, match, suggestionOf } from "../kit/pairs.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { button, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { PHONE, scenario } from "./stage.ts";

const site = useSite();

scenario("a match that another person makes is in the open list at once", async ({ visitor }) => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  await answer(ada, await suggestionOf(ada));
  const [hers, his] = [await visitor("ada", { size: PHONE }), await visitor("grace")];
  await signIn(hers.page, site(), ada, { path: "people/matches", shows: "Matches" });
  await hers.page.getByText("No matches yet").waitFor();
  await expectAccessible(hers.page, "no matches");
  await hers.page.setViewportSize(PHONE);
  await signIn(his.page, site(), grace, { path: "people", shows: "People to meet" });
  await button(his.page.getByRole("article", { name: "Ada Lovelace" }), /^Meet /).click();
  await his.page.getByRole("dialog", { name: "It’s a match!" }).waitFor();
  await button(his.page, "Keep looking").click();
  await hers.page.getByText("Grace Hopper and you are a match.").waitFor();
  const row = hers.page.getByRole("listitem").filter({ hasText: "Grace Hopper" });
  await row.waitFor();
  await expectAccessible(hers.page, "matches");
  await hers.page.setViewportSize(PHONE);
  await button(row, /^Message/).click();
  await chatOf(hers.page).send("Hello ada-1.");
  await hers.page.goBack();
  await link(row, "Grace Hopper").click();
  await heading(hers.page, "Grace Hopper").waitFor();
  await link(hers.page, "Back").click();
  await heading(hers.page, "Matches").waitFor();
});

scenario("a match that came on another screen of people is told, and marked", async (stage) => {
  const { people } = await aPairWithOneSkill();
  const [ada, grace] = people;
  await answer(ada, await suggestionOf(ada));
  const { page } = await stage.visitor("ada");
  await signIn(page, site(), ada, { path: "people", shows: "People to meet" });
  await page.getByText("Nobody to suggest yet").waitFor();
  await answer(grace, await suggestionOf(grace));
  await page.getByText("Grace Hopper and you are a match.").waitFor();
  await link(page, /^Matches 1/).click();
  await page.getByRole("listitem").filter({ hasText: "Grace Hopper" }).waitFor();
  await link(page, "Matches").waitFor();
});

scenario("blocked people are listed, and unblocked there", async ({ visitor }) => {
  const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
  await setBlock("BlockUser", ada, grace);
  const { page } = await visitor("ada", { size: PHONE });
  await signIn(page, site(), ada, { path: "profile", shows: "Profile" });
  await link(page, "Blocked people").click();
  await heading(page, "Blocked people").waitFor();
  const row = page.getByRole("listitem").filter({ hasText: "Grace Hopper" });
  await row.waitFor();
  await expectAccessible(page, "blocked people");
  await button(row, /^Unblock/).click();
  await page.getByText("You block nobody").waitFor();
  await expectAccessible(page, "nobody blocked");
  await page.goto(site().url(`people/${grace.id}`));
  await button(page, "Block").waitFor();
  await page.goto(site().url("profile/blocked"));
  await page.getByText("You block nobody").waitFor();
});

scenario("matches and blocked people are there in French", async ({ visitor }) => {
  const { people } = await aPairWithOneSkill();
  await match(people);
  const { page } = await visitor("ada", { locale: "fr-FR" });
  await page.goto(site().url("people/matches"));
  await page.getByLabel("Adresse e-mail").fill(people[0].email);
  await page.getByLabel("Mot de passe").fill(people[0].password);
  await button(page, "Se connecter").click();
  await heading(page, "Matchs").waitFor();
  await page.getByRole("listitem").filter({ hasText: "Grace Hopper" }).waitFor();
  await expectAccessible(page, "matches in French");
  await page.goto(site().url("profile/blocked"));
  await page.getByText("Vous ne bloquez personne").waitFor();
  await expectAccessible(page, "blocked people in French");
  expect(await page.title()).toContain("Personnes bloquées");
});
