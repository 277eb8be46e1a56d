// Guarantees about people in the portal: what admins and moderators can do about them.
import type { Route } from "playwright-core";
import { expect } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { aPersonWho } from "../../e2e/users/moderators.ts";
import { dataOf } from "../../kit/client.ts";
import { aPerson } from "../../kit/stories.ts";
import { button, expectViolation, field, heading, link } from "../screens.ts";
import { useSite } from "../site.ts";
import { SOON, scenario } from "../stage.ts";
import { atDesk, confirm, row } from "./desk.ts";

const site = useSite();

scenario("an admin finds a person, gives a role and takes it away", async ({ visitor }) => {
  const name = `Grace ${newId()}`;
  const [admin, grace] = [await aPersonWho("ADMIN"), await aPerson(name)];
  const { page } = await visitor("admin");
  await atDesk(page, site(), admin, "people", "People");
  await page.getByRole("searchbox").fill(name);
  await link(page, name).click();
  await heading(page, name).waitFor();
  await page.getByText(grace.email).waitFor();
  await button(page, "Give the role Moderator").click();
  await confirm(page, "Give");
  await page.getByText(`${name} has the role Moderator.`).waitFor();
  await button(page, "Take the role Moderator away").click();
  await confirm(page, "Take away");
  await button(page, "Give the role Moderator").waitFor();
  await button(page, "Give the badge").click();
  await button(page, "Take the badge away").waitFor();
});

scenario("a person who is opened while the search goes on stays open", async ({ visitor }) => {
  const name = `Grace ${newId()}`;
  const [admin] = [await aPersonWho("ADMIN"), await aPerson(name)];
  const { page } = await visitor("admin");
  await atDesk(page, site(), admin, "people", "People");
  await page.getByRole("searchbox").fill(name.slice(0, -1));
  await link(page, name).waitFor();
  // Her page takes longer than the pause that ends a word.
  const late = async (route: Route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  };
  await page.route(/person-page/, late);
  await page.getByRole("searchbox").fill(name);
  await link(page, name).click();
  await heading(page, name).waitFor();
  expect(page.url()).not.toContain("?q=");
});

scenario(
  "a moderator suspends a person with a reason, and reinstates them",
  async ({ visitor }) => {
    const name = `Grace ${newId()}`;
    const [moderator, grace] = [await aPersonWho("MODERATOR"), await aPerson(name)];
    const { page } = await visitor("moderator");
    await atDesk(page, site(), moderator, `people/${grace.id}`, name);
    // Roles, badges and addresses are for admins.
    expect(await page.getByText(grace.email).count()).toBe(0);
    expect(await page.getByRole("heading", { name: "Roles" }).count()).toBe(0);
    await button(page, "Suspend").click();
    await button(page, "Suspend").click();
    await expectViolation(field(page, "Reason"), "Please fill this in.");
    await field(page, "Reason").fill("Selling tickets by message.");
    await button(page, "Suspend").click();
    await page.getByText("Selling tickets by message.", { exact: true }).waitFor();
    await link(page, "Suspended").click();
    await row(page, name).getByText("Selling tickets by message.").waitFor();
    await link(page, name).click();
    await button(page, "Reinstate").click();
    await confirm(page, "Reinstate");
    await button(page, "Suspend").waitFor();
    await link(page, "Suspended").click();
    await heading(page, "Suspended people").waitFor();
    await expect.poll(() => row(page, name).count(), SOON).toBe(0);
  },
);

scenario("what a person may not do is said, and nothing changes", async ({ visitor }) => {
  const [moderator, admin] = [await aPersonWho("MODERATOR"), await aPersonWho("ADMIN")];
  const { page } = await visitor("moderator");
  await atDesk(page, site(), moderator, `people/${admin.id}`, "Mo");
  await button(page, "Suspend").click();
  await field(page, "Reason").fill("A test.");
  await button(page, "Suspend").click();
  await page.getByText("Only admins may do this to moderators and admins.").waitFor();
  await page.goto(site().portal.url(`people/${moderator.id}`));
  await button(page, "Suspend").click();
  await field(page, "Reason").fill("A test.");
  await button(page, "Suspend").click();
  await page.getByText("Nobody suspends themselves.").waitFor();
});

scenario("a name that looks like a verified one is kept or reset", async ({ visitor }) => {
  const name = `Linus ${newId()}`;
  const [admin, linus, one, other] = [
    await aPersonWho("ADMIN"),
    await aPerson(name),
    await aPerson("One"),
    await aPerson("Other"),
  ];
  const input = { userId: linus.id };
  await dataOf(operation("VerifyUser"), { input }, { as: admin.token });
  for (const { token } of [one, other]) {
    await dataOf(operation("UpdateProfile"), { input: { displayName: name } }, { as: token });
  }
  const { page } = await visitor("admin");
  await atDesk(page, site(), admin, "names", "Names to review");
  const reviews = row(page, name);
  // They are the newest, and other tests make reviews too: these may be on a later page.
  const more = button(page, "Show more");
  const shown = async () => {
    if (await more.isVisible()) await more.click();
    return reviews.count();
  };
  await expect.poll(shown, SOON).toBe(2);
  await reviews.first().getByRole("button", { name: "Keep" }).click();
  await expect.poll(() => reviews.count(), SOON).toBe(1);
  await reviews.first().getByRole("button", { name: "Reset" }).click();
  await confirm(page, "Reset");
  await expect.poll(() => reviews.count(), SOON).toBe(0);
});
