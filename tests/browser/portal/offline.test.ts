// Guarantees about the portal without a network: a gate survives a reload in a cellar, the browser
// keeps nothing but the portal's own files, and a new build takes the place of the old one.
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject } from "vitest";
import { staticMountsOf } from "../../../local/apps.ts";
import { anOpenDoor, doorCounts, ticketsFor } from "../../kit/door.ts";
import { aPerson } from "../../kit/stories.ts";
import { expectAccessible } from "../axe.ts";
import { button, choose, heading } from "../screens.ts";
import { startSite, useSite } from "../site.ts";
import { PHONE, SOON, scenario } from "../stage.ts";
import { LINE_IS_CUT } from "../watch.ts";
import { atDesk } from "./desk.ts";
import { isKept, keptDoor, keptFiles } from "./kept.ts";

const site = useSite();

/** The guard and the queries of a page that has no network. */
const NO_ANSWER = [...LINE_IS_CUT, /NetworkError/];

const says = (page: Page, text: string) =>
  page.locator("[data-tone] [role=status]").getByText(text).waitFor();

async function enter(page: Page, code: string): Promise<void> {
  await page.getByLabel("Code of the ticket").fill(code);
  await button(page, "Check in").click();
}

const come = (page: Page, count: number) =>
  expect.poll(() => page.getByTestId("come").locator("strong").innerText(), SOON).toBe(`${count}`);

scenario("a gate goes on after a reload without a network, and sends it later", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Guest")];
  const eventId = await anOpenDoor(olga, { title: "In the cellar" });
  const { codes } = await ticketsFor(ada, eventId, 3);
  const gate = await stage.visitor("gate", { size: PHONE });
  const { page } = gate;
  await atDesk(page, site(), olga, `events/${eventId}/door`, "In the cellar");
  await come(page, 0);
  await enter(page, codes[0] ?? "");
  await says(page, "Come in");
  await isKept(page);
  // The list is saved every few seconds.
  await expect.poll(() => keptDoor(page), SOON).toEqual({ lists: 1, waiting: 0, come: 1 });

  gate.announce(...NO_ANSWER);
  site().cut();
  await page.reload();
  await heading(page, "In the cellar").waitFor();
  await page.getByText("No network.").waitFor();
  await enter(page, codes[0] ?? "");
  await says(page, "Already checked in");
  await enter(page, codes[1] ?? "");
  await says(page, "Decided without the network");
  await expectAccessible(page, "opened without a network");
  await page.reload();
  await page.getByText("One to send when the network is back").waitFor();
  await enter(page, codes[1] ?? "");
  await says(page, "Already checked in");
  await enter(page, codes[2] ?? "");
  await says(page, "Come in");
  expect(await doorCounts(eventId)).toMatchObject({ counted: 1 });

  site().mend();
  await come(page, 3);
  await expect.poll(() => keptDoor(page), SOON).toMatchObject({ lists: 1, waiting: 0 });
  expect(await doorCounts(eventId)).toMatchObject({ counted: 3, recounted: 3, conflicts: 0 });
  // The usual page is back, with all of its parts.
  await page.getByRole("navigation", { name: "Parts of the event" }).waitFor();
});

scenario(
  "the browser keeps the portal's files alone, and no name after a sign-out",
  async (stage) => {
    const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Guest")];
    const eventId = await anOpenDoor(olga, { title: "Kept apart" });
    await ticketsFor(ada, eventId, 1);
    const { page, announce } = await stage.visitor("olga");
    await atDesk(page, site(), olga, `events/${eventId}`, "Kept apart");
    await page.getByText("Ada Guest").waitFor();
    await page.goto(site().portal.url(`events/${eventId}/door`));
    await come(page, 0);
    await isKept(page);
    await expect.poll(() => keptDoor(page), SOON).toMatchObject({ lists: 1 });
    const files = await keptFiles(page);
    expect(files.length).toBeGreaterThan(20);
    const portal = site().portal.url();
    expect(files.filter(({ url }) => !url.startsWith(portal))).toEqual([]);
    expect(files.filter(({ text }) => /Ada Guest|Kept apart/.test(text))).toEqual([]);

    // Other pages say that there is no network; they show nothing that is old.
    announce(...NO_ANSWER);
    site().cut();
    await page.goto(site().portal.url("events"));
    await page.getByText("The server cannot be reached. Check your connection.").waitFor();
    site().mend();
    await button(page, "Try again").click();
    await heading(page, "My events").waitFor();
    await choose(page, "Sign out", "menuitem");
    await heading(page, "Sign in").waitFor();
    await expect.poll(() => keptDoor(page), SOON).toMatchObject({ lists: 0 });
    site().cut();
    await page.goto(site().portal.url(`events/${eventId}/door`));
    await page.getByText("The server cannot be reached. Check your connection.").waitFor();
    expect(await page.getByText("Kept apart").count()).toBe(0);
    site().mend();
  },
);

scenario(
  "a new build is shown at once, and opens without a network from then on",
  async (stage) => {
    const folder = await mkdtemp(join(tmpdir(), "portal-"));
    await cp(inject("appFolders").admin, folder, { recursive: true });
    const mounts = staticMountsOf({ ...inject("appFolders"), admin: folder });
    const own = await startSite({ STATIC_MOUNTS: mounts });
    const { page, announce } = await stage.visitor("olga");
    await atDesk(page, own, await aPerson("Olga"), "", "My events");
    await isKept(page);
    const [index, worker] = [join(folder, "index.html"), join(folder, "sw.js")];
    const [html, script] = [await readFile(index, "utf8"), await readFile(worker, "utf8")];
    const revision = /index\.html[`"'],\s*revision:\s*[`"']([\w-]+)/.exec(script)?.[1] ?? "";
    expect(revision).not.toBe("");
    await writeFile(worker, script.replace(revision, "another"));
    await writeFile(index, html.replace("<title>Meetinity Admin", "<title>Newer Admin"));
    await page.reload();
    await expect.poll(() => page.title(), SOON).toBe("My events · Newer Admin");
    const keptTitles = async () =>
      (await keptFiles(page)).flatMap(({ text }) => /<title>(.*)<\/title>/.exec(text)?.[1] ?? []);
    await expect.poll(keptTitles, SOON).toEqual(["Newer Admin"]);
    announce(...NO_ANSWER);
    own.cut();
    await page.reload();
    await page.getByText("The server cannot be reached. Check your connection.").waitFor();
    expect(await page.title()).toContain("Newer Admin");
    await own.stop();
    await rm(folder, { recursive: true });
  },
);

scenario("a gate opens on a line that hangs", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada Guest")];
  const eventId = await anOpenDoor(olga, { title: "Slow cellar" });
  const { codes } = await ticketsFor(ada, eventId, 1);
  const { page, announce } = await stage.visitor("gate");
  await atDesk(page, site(), olga, `events/${eventId}/door`, "Slow cellar");
  await come(page, 0);
  await isKept(page);
  await expect.poll(() => keptDoor(page), SOON).toMatchObject({ lists: 1 });
  announce(...NO_ANSWER, /TimeoutError|AbortError/);
  site().hang();
  await page.reload();
  await heading(page, "Slow cellar").waitFor();
  await enter(page, codes[0] ?? "");
  await says(page, "Decided without the network");
  site().mend();
  await come(page, 1);
  expect(await doorCounts(eventId)).toMatchObject({ counted: 1, recounted: 1 });
});
