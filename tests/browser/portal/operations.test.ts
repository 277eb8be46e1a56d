// Guarantees about running Meetinity in the portal: jobs that were given up, and erasures.
import { someErasures } from "../../e2e/across-subgraphs/erasures.ts";
import { someFailedJobs } from "../../e2e/across-subgraphs/failed-jobs.ts";
import { aPersonWho } from "../../e2e/users/moderators.ts";
import { heading, link } from "../screens.ts";
import { useSite } from "../site.ts";
import { scenario } from "../stage.ts";
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
