// Guarantees about every screen of the app: axe finds nothing serious in either language and at
// either size, the Tab key reaches everything and shows where it is, and Escape closes the menu.
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { send } from "../e2e/messaging/harness.ts";
import { aPairWithOneSkill } from "../kit/pairs.ts";
import type { Person } from "../kit/stories.ts";
import { expectAccessible } from "./axe.ts";
import { aGroup, aMessage } from "./people.ts";
import { button } from "./screens.ts";
import { useSite } from "./site.ts";
import { DESK, PHONE, SOON, scenario } from "./stage.ts";
import { faultsOfWalk } from "./walk.ts";

const site = useSite();

const TIMEOUT_MS = 300_000;

interface Screen {
  readonly path: string;
  /** A text of people or of the address that is there when the screen is. */
  readonly shows?: string;
  /** Whether its list goes on behind its end, where a skeleton stays. */
  readonly hasMore?: boolean;
}

const SIGNED_OUT: readonly Screen[] = [
  "sign-in",
  "sign-up",
  "sign-in-by-mail",
  "forgot-password",
  "reset-password#token=unknown",
  "left?until=2026-12-24T00:00:00.000Z",
].map((path) => ({ path }));

/** A person with an event, a suggestion and a conversation, and their screens. */
async function aPersonWithScreens() {
  const { people, eventId } = await aPairWithOneSkill();
  const [ada, grace] = people;
  const group = await aGroup("Friday dinner", ada, [grace]);
  const threadRootId = await aMessage(grace, group, "Hello from Grace");
  await send(ada, group, "Hello from Ada", { threadRootId });
  const event = "Compilers by night";
  const screens: readonly Screen[] = [
    { path: "", shows: "Friday dinner" },
    { path: `conversations/${group}`, shows: "Hello from Grace" },
    { path: "threads", shows: "Hello from Grace" },
    { path: "new-group" },
    { path: "people", shows: "Grace Hopper" },
    { path: "people/matches" },
    { path: `people/${grace.id}`, shows: "Grace Hopper" },
    { path: "profile" },
    { path: "profile/blocked" },
    { path: "events", hasMore: true },
    { path: `events/${eventId}`, shows: event },
    { path: "registrations", shows: event },
    { path: "notifications", shows: event },
    { path: "settings" },
    ...["look", "account", "security", "devices", "privacy"].map((page) => ({
      path: `settings/${page}`,
    })),
    ...["intents", "topics", "card", "event", "person"].map((step) => ({
      path: `welcome/${step}`,
    })),
    { path: "nowhere" },
  ];
  return { ada, screens };
}

async function open(page: Page, { path, shows, hasMore }: Screen): Promise<void> {
  await page.goto(site().url(path));
  await page.locator("h1").first().waitFor();
  if (shows !== undefined) await page.getByText(shows).filter({ visible: true }).first().waitFor();
  // Skeletons are gone.
  const skeletons = page.locator("main [role=status][aria-label]");
  await expect.poll(() => skeletons.count(), SOON).toBeLessThanOrEqual(hasMore ? 1 : 0);
}

async function enter(page: Page, { email, password }: Person): Promise<void> {
  await page.goto(site().url("sign-in"));
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.getByText("Friday dinner").first().waitFor();
}

/** Opens the menu by keys and closes it with Escape; the focus returns to its button. */
async function tryMenu(page: Page): Promise<void> {
  const menu = button(page, /^Menu$/);
  await menu.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menu").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => page.getByRole("menu").count(), SOON).toBe(0);
  const hasFocus = () => menu.evaluate((node) => node === node.ownerDocument.activeElement);
  await expect.poll(hasFocus, SOON).toBe(true);
}

// The last size of axe is that of the walk.
for (const [locale, where, sizes] of [
  ["en-GB", "desk", [PHONE, DESK]],
  ["fr-FR", "phone", [PHONE]],
] as const) {
  scenario(
    `axe finds nothing serious, and the Tab key reaches and shows everything (${locale}, ${where})`,
    async ({ visitor }) => {
      const { ada, screens } = await aPersonWithScreens();
      const { page } = await visitor("ada", { locale, size: where === "desk" ? DESK : PHONE });
      const faults: string[] = [];
      async function check(screen: Screen): Promise<void> {
        await open(page, screen);
        faults.push(...(await faultsOfWalk(page)).map((each) => `${screen.path}: ${each}`));
        await expectAccessible(page, screen.path, sizes);
      }
      for (const screen of SIGNED_OUT) await check(screen);
      await enter(page, ada);
      for (const screen of screens) {
        await check(screen);
        if (where === "desk") await tryMenu(page);
      }
      expect(faults).toEqual([]);
    },
    TIMEOUT_MS,
  );
}
