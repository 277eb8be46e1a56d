// Guarantees about how screens come: nothing that is shown moves when the rest arrives, and a list
// is where it was when the reader comes back to it.
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { anOpenDoor, ticketsFor } from "../kit/door.ts";
import { aPairWithOneSkill } from "../kit/pairs.ts";
import { anEvent, aPerson } from "../kit/stories.ts";
import { aGroup, aMessage } from "./people.ts";
import { heading, link, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";

const site = useSite();

/** web.dev calls 0.1 good. */
const SHIFT_MAX = 0.05;

interface Shift {
  readonly value: number;
  readonly of: string;
}

/** Notes shifts from the beginning of each page. */
const NOTE_SHIFTS = `
  self.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const of = sources.map(({ node }) => node?.outerHTML?.slice(0, 160) ?? node?.nodeName);
      shifts.push({ value, of: of.join(" | ") });
    }
  }).observe({ type: "layout-shift", buffered: true });`;

const shiftsOf = (page: Page) => page.evaluate<Shift[]>("shifts");

for (const [name, size] of [
  ["phone", PHONE],
  ["desk", DESK],
] as const) {
  scenario(`on a ${name}, no screen moves what it shows while it loads`, async ({ visitor }) => {
    const { people, eventId } = await aPairWithOneSkill();
    const [ada, grace] = people;
    const olga = await aPerson("Olga");
    const seated = await anOpenDoor(olga, { title: "Seated", venue: "Room 7" });
    await ticketsFor(ada, seated, 2);
    const talk = await aGroup("Compilers", olga, [ada]);
    for (let at = 1; at <= 3; at += 1) await aMessage(olga, talk, `olga-${at}.`);
    const { page, context } = await visitor("ada", { size });
    await context.addInitScript(NOTE_SHIFTS);
    await signIn(page, site(), ada);
    const screens: [string, string | RegExp][] = [
      ["", "Conversations"],
      [`conversations/${talk}`, "Compilers"],
      ["events", "Events"],
      [`events/${eventId}`, "Compilers by night"],
      [`events/${seated}`, "Seated"],
      ["registrations", "My registrations"],
      ["people", "People to meet"],
      ["people/matches", "Matches"],
      [`people/${grace.id}`, "Grace Hopper"],
      ["profile", "Profile"],
      ["profile/blocked", "Blocked people"],
      ["settings/account", /./],
    ];
    const moved: Record<string, unknown> = {};
    for (const [path, shows] of screens) {
      // A slow answer shows the skeleton, as a phone does.
      await page.route("**/graphql", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 150));
        await route.continue();
      });
      await page.goto(site().url(path));
      await heading(page, shows).waitFor();
      await page.waitForLoadState("networkidle");
      const shifts = await shiftsOf(page);
      const sum = shifts.reduce((all, { value }) => all + value, 0);
      if (sum >= SHIFT_MAX) moved[path] = { sum, shifts };
      await page.unrouteAll({ behavior: "wait" });
    }
    // A page whose heading moves is one that the measure sees.
    await page.evaluate("document.querySelector('main h1').style.marginTop = '120px'");
    const sumNow = async () => (await shiftsOf(page)).reduce((sum, { value }) => sum + value, 0);
    await expect.poll(sumNow, SOON).toBeGreaterThan(SHIFT_MAX);
    expect(Object.keys(moved), JSON.stringify(moved, null, 2)).toEqual([]);
  });
}

scenario("a list is where it was when the reader comes back", async ({ visitor }) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada")];
  const word = `scrolled${randomUUID().slice(0, 8)}`;
  for (let at = 0; at < 24; at += 1) {
    await anEvent(olga.token, { title: `Meeting ${at}`, description: word });
  }
  for (let at = 0; at < 24; at += 1) await aGroup(`Group ${at}`, ada, []);
  const { page } = await visitor("ada", { size: PHONE });
  await signIn(page, site(), ada);
  const top = () =>
    page.evaluate<number>("document.querySelector('main ul').closest('[data-scrolls]').scrollTop");
  const scrollTo = async (name: string | RegExp) => {
    const row = link(page, name).first();
    // In the middle, so that the click has no need to scroll.
    await row.evaluate((element) => element.scrollIntoView({ block: "center" }));
    const at = await top();
    expect(at).toBeGreaterThan(100);
    await row.click();
    return at;
  };
  const inbox = await scrollTo(/^Group 3\b/);
  await heading(page, "Group 3").waitFor();
  await page.goBack();
  await heading(page, "Conversations").waitFor();
  await expect.poll(top, SOON).toBe(inbox);
  // Other tests have events too.
  await page.goto(site().url(`events?search=${word}`));
  await heading(page, "Events").waitFor();
  const list = await scrollTo(/^Meeting 15\b/);
  await heading(page, "Meeting 15").waitFor();
  await page.goBack();
  await heading(page, "Events").waitFor();
  await expect.poll(top, SOON).toBe(list);
});
