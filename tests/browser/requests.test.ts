// The requests of each screen of the app when it is opened on a fresh page, and their costs, in
// screens.txt. Each diff of it is reviewed. No screen asks one thing twice.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { setBlock } from "../kit/blocks.ts";
import { dataOf } from "../kit/client.ts";
import { untilRows } from "../kit/database.ts";
import { anEvent, aPerson, aRegistration, type Person } from "../kit/stories.ts";
import { aMatchedPair, aMessage } from "./people.ts";
import { recordRequests, type Sent, statementsByTrace } from "./requests.ts";
import { heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { SOON, scenario } from "./stage.ts";

// Only then statements are found by the trace of their request.
const site = useSite({ TRUSTED_PROXIES: "loopback" });

interface Known {
  readonly ada: Person;
  readonly grace: Person;
  readonly conversationId: string;
  readonly eventId: string;
}

/** A person with one of each: a match, a conversation, a seat, a suggestion, somebody blocked. */
async function known(): Promise<Known> {
  const [{ ada, grace, conversationId }, olga] = [await aMatchedPair(), await aPerson("Olga")];
  await aMessage(grace, conversationId, "Hello, Ada.");
  const eventId = await anEvent(olga.token, { title: "Screens evening" });
  await Promise.all([aRegistration(ada.token, eventId), aRegistration(grace.token, eventId)]);
  await setBlock("BlockUser", ada, await aPerson("Bob"));
  // Without a suggestion, a screen would look again and again.
  const skills = [`skill ${newId()}`];
  for (const { token } of [ada, olga]) {
    await dataOf(operation("UpdateProfile"), { input: { skills } }, { as: token });
  }
  await untilRows("matching", "select from person where skills = $1", [skills], 2);
  return { ada, grace, conversationId, eventId };
}

type Screen = readonly [name: string, path: (of: Known) => string, title: string];

/** All screens of a person who is signed in, with the headings that say that they are there. */
const SCREENS: readonly Screen[] = [
  ["conversations", () => "", "Conversations"],
  ["conversation", ({ conversationId }) => `conversations/${conversationId}`, "Grace Hopper"],
  ["people to meet", () => "people", "People to meet"],
  ["matches", () => "people/matches", "Matches"],
  ["person", ({ grace }) => `people/${grace.id}`, "Grace Hopper"],
  ["own card", ({ ada }) => `people/${ada.id}`, "Ada Lovelace"],
  ["profile", () => "profile", "Profile"],
  ["blocked people", () => "profile/blocked", "Blocked people"],
  ["events", () => "events", "Events"],
  ["event", ({ eventId }) => `events/${eventId}`, "Screens evening"],
  ["registrations", () => "registrations", "My registrations"],
  ["notifications", () => "notifications", "Notifications"],
  ["account", () => "settings/account", "Account"],
  ["security", () => "settings/security", "Security"],
  ["devices", () => "settings/devices", "Devices"],
  ["preferences", () => "settings/notifications", "Notifications"],
  ["privacy", () => "settings/privacy", "Privacy"],
  ["first steps: a question", () => "welcome/topics", "What can you do, and what do you like?"],
  ["first steps: an event", () => "welcome/event", "Go to your first event"],
  ["first steps: a person", () => "welcome/person", "Meet your first person"],
];

/** Nothing is on its way, and nothing more was sent for a moment. */
async function untilQuiet(page: Page, sent: readonly Sent[]): Promise<void> {
  let before = -1;
  await expect
    .poll(
      async () => {
        await page.waitForLoadState("networkidle");
        const isQuiet = sent.length === before;
        before = sent.length;
        return isQuiet;
      },
      { ...SOON, interval: 700 },
    )
    .toBe(true);
}

scenario(
  "each screen asks once for what it shows",
  async ({ visitor }) => {
    const of = await known();
    const { page, newTab } = await visitor("ada");
    await signIn(page, site(), of.ada);
    await page.close({ runBeforeUnload: false });
    const recorded: [screen: string, sent: readonly Sent[]][] = [];
    for (const [name, path, title] of SCREENS) {
      const tab = await newTab();
      const sent = await recordRequests(tab);
      await tab.goto(site().url(path(of)));
      await heading(tab, title).waitFor();
      await untilQuiet(tab, sent);
      recorded.push([name, [...sent]]);
      await tab.close();
    }
    const statements = await statementsByTrace();
    const lines = recorded.flatMap(([name, sent]) => linesOf(name, sent, statements));
    const head = `${"screen".padEnd(26)}${"operation".padEnd(28)}statements\n`;
    await expect(`${head}${lines.join("\n")}\n`).toMatchFileSnapshot("screens.txt");
    for (const [name, sent] of recorded) expect(repeatedIn(sent), name).toEqual([]);
  },
  240_000,
);

function linesOf(
  screen: string,
  sent: readonly Sent[],
  statements: ReadonlyMap<string, string>,
): string[] {
  return sent
    .map(({ name, traceId }) => {
      const cost = traceId === null ? "(subscription)" : (statements.get(traceId) ?? "none");
      return `${screen.padEnd(26)}${name.padEnd(28)}${cost}`;
    })
    .toSorted();
}

/** The operations that were sent more than once with the same variables. */
function repeatedIn(sent: readonly Sent[]): string[] {
  const keys = sent.map(({ name, variables }) => `${name} ${variables}`);
  return keys.filter((key, at) => keys.indexOf(key) !== at);
}
