// Guarantees about running Meetinity in the portal: figures of the running system, jobs that were
// given up, and erasures.
import { expect } from "vitest";
import { someErasures } from "../../e2e/across-subgraphs/erasures.ts";
import { someFailedJobs } from "../../e2e/across-subgraphs/failed-jobs.ts";
import { aPersonWho } from "../../e2e/users/moderators.ts";
import { expectAccessible } from "../axe.ts";
import { heading, link } from "../screens.ts";
import { useSite } from "../site.ts";
import { DESK, PHONE, SOON, scenario } from "../stage.ts";
import { LINE_IS_CUT } from "../watch.ts";
import { atDesk, row } from "./desk.ts";

const site = useSite();

scenario("an admin sees jobs that were given up, and tries one again", async ({ visitor }) => {
  await someFailedJobs(1);
  const { page } = await visitor("admin");
  await atDesk(page, site(), await aPersonWho("ADMIN"), "operations/jobs", "Failed jobs");
  for (const subgraph of ["users", "events", "matching", "messaging"]) {
    const job = row(page, new RegExp(`test.unknown.*${subgraph}`)).first();
    await job.getByRole("button", { name: "Try test.unknown again" }).waitFor();
  }
  const job = row(page, /test.unknown.*messaging/).first();
  await job.getByRole("button", { name: "Try test.unknown again" }).click();
  await job.getByText("Waits for its turn").waitFor();
});

scenario("an admin sees which parts have erased an account", async ({ visitor }) => {
  await someErasures(1);
  const { page } = await visitor("admin");
  await atDesk(page, site(), await aPersonWho("ADMIN"), "operations/erasures", "Erasures");
  await row(page, "waiting").first().waitFor();
  await link(page, "Completed").click();
  await heading(page, "Erasures").waitFor();
});

scenario("an admin sees figures of the running system, each second anew", async ({ visitor }) => {
  const { page, announce } = await visitor("admin");
  await atDesk(page, site(), await aPersonWho("ADMIN"), "operations/live", "Right now");
  for (const service of ["router", "users", "messaging", "workers"]) {
    await row(page, new RegExp(`^${service}`))
      .first()
      .waitFor();
  }
  const graph = page.locator("polyline").first();
  const points = async () => (await graph.getAttribute("points"))?.split(" ").length ?? 0;
  const before = await points();
  await expect.poll(points, SOON).toBeGreaterThan(before + 1);
  await expectAccessible(page, "right now");
  await page.setViewportSize(DESK);
  const table = "document.querySelector('table')";
  const isWhole = `${table}.offsetWidth <= ${table}.parentElement.clientWidth`;
  expect(await page.evaluate(isWhole)).toBe(true);

  announce(...LINE_IS_CUT);
  site().cut();
  await page.getByText("No new figures are coming.").waitFor();
  site().mend();
  await page.getByText("No new figures are coming.").waitFor({ state: "detached" });
});

scenario("a moderator gets no figures of the running system", async ({ visitor }) => {
  const { page } = await visitor("moderator");
  const moderator = await aPersonWho("MODERATOR");
  await atDesk(page, site(), moderator, "operations/live", "This is not for your account");
  expect(await link(page, "Right now").count()).toBe(0);
});

scenario("the figures are shown in French, on a phone", async ({ visitor }) => {
  const { page } = await visitor("admin", { size: PHONE, locale: "fr-FR" });
  const admin = await aPersonWho("ADMIN");
  await page.goto(site().portal.url("operations/live"));
  await page.getByLabel("Adresse e-mail", { exact: true }).fill(admin.email);
  await page.getByLabel("Mot de passe", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Se connecter", exact: true }).click();
  await heading(page, "En ce moment").waitFor();
  await row(page, /^router/)
    .first()
    .getByText("Mo", { exact: false })
    .first()
    .waitFor();
  const isTooWide = () => page.evaluate("document.body.scrollWidth > innerWidth");
  expect(await isTooWide()).toBe(false);
});
