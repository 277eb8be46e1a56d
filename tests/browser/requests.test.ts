// What each screen of the app asks of the graph when it is opened on a fresh page, and what that
// costs. screens.txt says it, and each diff of it is reviewed. No screen asks one thing twice.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { setBlock } from "../kit/blocks.ts";
import { aPairWithOneSkill } from "../kit/pairs.ts";
import { anEvent, aPerson, aRegistration, type Person } from "../kit/stories.ts";
import { aMatchedPair, aMessage } from "./people.ts";
import { recordRequests, type Sent, statementsByTrace } from "./requests.ts";
import { heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { SOON, scenario, type Visitor } from "./stage.ts";

const site = useSite();

interface Known {
  /** She has a match, a conversation, a seat, and somebody whom she blocks. */
  readonly ada: Person;
  readonly grace: Person;
  readonly conversationId: string;
  readonly eventId: string;
  /** To whom somebody is suggested. */
  readonly looking: Person;
}

async function known(): Promise<Known> {
  const [{ ada, grace, conversationId }, olga] = [await aMatchedPair(), await aPerson("Olga")];
  await aMessage(grace, conversationId, "Hello, Ada.");
  const eventId = await anEvent(olga.token, { title: "Screens evening" });
  await Promise.all([aRegistration(ada.token, eventId), aRegistration(grace.token, eventId)]);
  await setBlock("BlockUser", ada, await aPerson("Bob"));
  const { people } = await aPairWithOneSkill();
  return { ada, grace, conversationId, eventId, looking: people[0] };
}

type Screen = readonly [name: string, path: (of: Known) => string, title: string];

const TO_MEET: readonly Screen[] = [["people to meet", () => "people", "People to meet"]];

/** All other screens of a person who is signed in, with their headings. */
const SCREENS: readonly Screen[] = [
  ["conversations", () => "", "Conversations"],
  ["conversation", ({ conversationId }) => `conversations/${conversationId}`, "Grace Hopper"],
  ["matches", () => "people/matches", "Matches"],
  ["person", ({ grace }) => `people/${grace.id}`, "Grace Hopper"],
  ["own card", ({ ada }) => `people/${ada.id}`, "Ada Lovelace"],
  ["profile", () => "profile", "Profile"],
  ["blocked people", () => "profile/blocked", "Blocked people"],
  ["events", () => "events", "Events"],
  ["event", ({ eventId }) => `events/${eventId}`, "Screens evening"],
  ["registrations", () => "registrations", "My registrations"],
  ["account", () => "settings/account", "Account"],
  ["security", () => "settings/security", "Security"],
  ["devices", () => "settings/devices", "Devices"],
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

type Recorded = readonly [screen: string, sent: readonly Sent[]];

/** Opens each screen on a fresh page of a browser in which the person is signed in. */
async function record(
  { page, newTab }: Visitor,
  person: Person,
  screens: readonly Screen[],
  of: Known,
): Promise<Recorded[]> {
  await signIn(page, site(), person);
  await page.close({ runBeforeUnload: false });
  const recorded: Recorded[] = [];
  for (const [name, path, title] of screens) {
    const tab = await newTab();
    const sent = await recordRequests(tab);
    await tab.goto(site().url(path(of)));
    await heading(tab, title).waitFor();
    await untilQuiet(tab, sent);
    recorded.push([name, [...sent]]);
    await tab.close();
  }
  return recorded;
}

scenario(
  "each screen asks once for what it shows",
  async ({ visitor }) => {
    const of = await known();
    const recorded = [
      ...(await record(await visitor("ada"), of.ada, SCREENS, of)),
      ...(await record(await visitor("looking"), of.looking, TO_MEET, of)),
    ];
    const statements = await statementsByTrace();
    const lines = recorded.flatMap(([name, sent]) => linesOf(name, sent, statements));
    const head = `${"screen".padEnd(16)}${"operation".padEnd(28)}statements\n`;
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
      return `${screen.padEnd(16)}${name.padEnd(28)}${cost}`;
    })
    .toSorted();
}

/** The operations that were sent more than once with the same variables. */
function repeatedIn(sent: readonly Sent[]): string[] {
  const keys = sent.map(({ name, variables }) => `${name} ${variables}`);
  return keys.filter((key, at) => keys.indexOf(key) !== at);
}
