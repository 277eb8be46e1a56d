// Guarantees about new groups on the screen: people whom one knows or finds are chosen, strangers
// are invited, and the group opens with its settings.
import { expect } from "vitest";
import { read } from "../e2e/messaging/harness.ts";
import { makeStrangers } from "../kit/acquaintances.ts";
import { aPerson } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { chatOf } from "./chat.ts";
import { aMatchedPair } from "./people.ts";
import { button, field, heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

scenario("a group is made of people whom one knows, and opens with its settings", async (stage) => {
  const { ada, grace } = await aMatchedPair();
  const name = `Dot ${ada.id.slice(-8)}`;
  const dot = await aPerson(name);
  await makeStrangers([dot]);
  const { page } = await stage.visitor("ada", { size: PHONE });
  await signIn(page, site(), ada);
  await link(page, "New group").click();
  await heading(page, "New group").waitFor();
  await button(page, "Create group").click();
  await expect.poll(() => field(page, "Name").getAttribute("aria-invalid"), SOON).toBe("true");
  await field(page, "Name").fill("Friday dinner");
  await page.getByRole("checkbox", { name: /Grace Hopper/ }).check();
  await page.getByRole("searchbox", { name: "Search by name" }).fill(name);
  await page.getByRole("checkbox", { name }).check();
  await button(page, `Leave out ${name}`).waitFor();
  await button(page, "Leave out Grace Hopper").click();
  await page.getByRole("searchbox", { name: "Search by name" }).fill("");
  await page.getByRole("checkbox", { name: /Grace Hopper/ }).check();
  await page.getByText("Settings", { exact: true }).click();
  const posting = page.getByRole("group", { name: "People who write" });
  await posting.getByLabel("Owners and admins").check();
  await expectAccessible(page, "a new group", [PHONE, DESK]);
  await button(page, "Create group").click();
  await heading(page, "Friday dinner").waitFor();
  await page.getByText("1 person was invited, and joins once they accept.").waitFor();
  await chatOf(page).send("Welcome, ada-1.");
  await chatOf(page).expectWords(["ada-1"]);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  expect((await read(grace, id))?.messages.edges).toHaveLength(1);
  const hers = await stage.visitor("grace", { size: PHONE });
  await signIn(hers.page, site(), grace, { path: `conversations/${id}`, shows: "Friday dinner" });
  await hers.page.getByText("Only owners and admins write in this group.").waitFor();
});
