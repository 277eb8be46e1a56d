// Guarantees about the first visit: how much JavaScript it loads, that the files are cached for
// ever, and that scripts come from our own origin alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, inject } from "vitest";
import { gates } from "../contract/gates.ts";
import { anEvent, aPerson } from "../kit/stories.ts";
import { aGroup } from "./people.ts";
import { heading, signIn } from "./screens.ts";
import { useSite } from "./site.ts";
import { scenario } from "./stage.ts";

const site = useSite();

interface Loaded {
  readonly url: string;
  readonly bytes: number;
  readonly cacheControl: string;
}

/** The scripts that a page loads from now on, with their gzipped sizes. */
function scriptsOf(page: Page): () => Promise<Loaded[]> {
  const loaded: Promise<Loaded>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const { "cache-control": cacheControl = "" } = response.headers();
    loaded.push(
      response
        .body()
        .then((body) => ({ url: response.url(), bytes: gzipSync(body).length, cacheControl })),
    );
  });
  return () => Promise.all(loaded);
}

type Manifest = Readonly<
  Record<string, { readonly file: string; readonly imports?: readonly string[] }>
>;

/**
 * The scripts that a page loads once it is there: the list those of a conversation, of its own
 * menu, of requests, the main menu, an offer and the texts of pages, a conversation those of its
 * menus and dialogs, and the profile that of a picture.
 */
const AHEAD = [
  "conversations/conversation-page.tsx",
  "conversations/conversation/layers.tsx",
  "conversations/list/row-menu.tsx",
  "conversations/list/list-links.tsx",
  "../ui/shell/main-menu-popup.tsx",
  "shell/personal-items.tsx",
  "welcome/offer.tsx",
  "../ui/picture/picture-dialog.tsx",
  "i18n/pages.en.ts",
];

/** The scripts of modules and all that they import. */
function filesOf(...modules: readonly string[]): Set<string> {
  const path = join(inject("appFolders").app, ".vite/manifest.json");
  const manifest: Manifest = JSON.parse(readFileSync(path, "utf8"));
  for (const key of modules) expect(manifest[key]?.file, key).toMatch(/\.js$/);
  const keys = new Set(modules);
  for (const key of keys) for (const next of manifest[key]?.imports ?? []) keys.add(next);
  return new Set([...keys].map((key) => site().url(manifest[key]?.file ?? key)));
}

const loadedAhead = () => filesOf(...AHEAD);

/** The screens behind the list, with their headings and modules. */
const SCREENS = [
  ["conversation", "Friday dinner"],
  ["people", "People to meet"],
  ["people/matches", "Matches"],
  ["card", "Ada Lovelace"],
  ["profile", "Profile"],
  ["profile/blocked", "Blocked people"],
  ["events", "Events"],
  ["event", "Compilers by night"],
  ["registrations", "My registrations"],
  ["notifications", "Notifications"],
  ["welcome/topics", "What can you do, and what do you like?"],
  ["settings/look", "Look and language"],
  ["settings/account", "Account"],
  ["settings/security", "Security"],
  ["settings/devices", "Devices"],
  ["settings/notifications", "Notifications"],
  ["settings/privacy", "Privacy"],
] as const;

const MODULES = {
  conversation: "conversations/conversation-page.tsx",
  people: "people/suggestions/suggestions-page.tsx",
  "people/matches": "people/matches/matches-page.tsx",
  card: "people/person-page.tsx",
  profile: "people/profile/profile-page.tsx",
  "profile/blocked": "people/blocked/blocked-page.tsx",
  events: "events/discover/discover-page.tsx",
  event: "events/event-page.tsx",
  registrations: "events/registrations-page.tsx",
  notifications: "notifications/notifications-page.tsx",
  "welcome/topics": "welcome/step-page.tsx",
  "settings/look": "settings/look/look-page.tsx",
  "settings/account": "settings/account-page.tsx",
  "settings/security": "settings/security-page.tsx",
  "settings/devices": "settings/devices/devices-page.tsx",
  "settings/notifications": "settings/notifications/notifications-page.tsx",
  "settings/privacy": "settings/privacy/privacy-page.tsx",
} as const;

/** For a failure. */
const listOf = (scripts: readonly Loaded[]) =>
  scripts.map(({ url, bytes }) => `${bytes} ${url.split("/").at(-1)}`).join("\n");

const kilobytes = (scripts: readonly Loaded[]) =>
  scripts.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000;

scenario(
  "signing in and the list load no more JavaScript than gates.json allows",
  async (stage) => {
    const { page, newTab } = await stage.visitor("ada");
    const first = scriptsOf(page);
    await page.goto(site().url());
    await heading(page, "Sign in").waitFor();
    await page.waitForLoadState("networkidle");
    const signingIn = await first();
    expect(signingIn.length).toBeGreaterThan(0);
    expect(kilobytes(signingIn), listOf(signingIn)).toBeLessThan(gates.initialScriptKilobytesMax);
    await signIn(page, site(), await aPerson("Ada Lovelace"));

    const second = await newTab();
    const inbox = scriptsOf(second);
    await second.goto(site().url());
    await heading(second, "Conversations").waitFor();
    await second.waitForLoadState("networkidle");
    const known = signingIn.map(({ url }) => url);
    const ahead = loadedAhead();
    const scripts = (await inbox()).filter(({ url }) => known.includes(url) || !ahead.has(url));
    expect(scripts.length).toBeGreaterThan(0);
    expect(kilobytes(scripts), listOf(scripts)).toBeLessThan(gates.initialScriptKilobytesMax);
    for (const { url, cacheControl } of [...signingIn, ...scripts]) {
      expect(url).toContain(site().url("assets/"));
      expect(cacheControl).toContain("immutable");
    }
  },
);

scenario("each screen loads little more than the list", async ({ visitor }) => {
  const [olga, ada] = [await aPerson(), await aPerson("Ada Lovelace")];
  const eventId = await anEvent(olga.token, { title: "Compilers by night" });
  const group = await aGroup("Friday dinner", ada, [olga]);
  const addresses: Readonly<Record<string, string>> = {
    conversation: `conversations/${group}`,
    card: `people/${ada.id}`,
    event: `events/${eventId}`,
  };
  const { page, newTab } = await visitor("ada");
  const first = scriptsOf(page);
  await page.goto(site().url());
  await heading(page, "Sign in").waitFor();
  await page.waitForLoadState("networkidle");
  const known = new Set((await first()).map(({ url }) => url));
  await signIn(page, site(), ada);
  const ahead = loadedAhead();
  for (const [path, title] of SCREENS) {
    const tab = await newTab();
    const loaded = scriptsOf(tab);
    await tab.goto(site().url(addresses[path] ?? path));
    await heading(tab, title).waitFor();
    await tab.waitForLoadState("networkidle");
    // A script that is loaded ahead counts where the screen needs it: it may come before.
    const needed = filesOf(MODULES[path]);
    const more = (await loaded()).filter(
      ({ url }) => !known.has(url) && (needed.has(url) || !ahead.has(url)),
    );
    expect(kilobytes(more), `${path}\n${listOf(more)}`).toBeLessThan(
      gates.screenScriptKilobytesMax,
    );
    await tab.close();
  }
});

scenario("screens send their documents by id", async ({ visitor }) => {
  const [olga, ada] = [await aPerson(), await aPerson("Ada Lovelace")];
  const eventId = await anEvent(olga.token, { title: "Compilers by night" });
  const { page } = await visitor("ada");
  const sent: { readonly query?: string; readonly extensions?: object }[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && new URL(request.url()).pathname === "/graphql")
      sent.push(request.postDataJSON());
  });
  await signIn(page, site(), ada, { path: "events", shows: "Events" });
  await page.goto(site().url(`events/${eventId}`));
  await heading(page, "Compilers by night").waitFor();
  await page.waitForLoadState("networkidle");
  await page.goto(site().url("settings/account"));
  await heading(page, "Account").waitFor();
  await page.waitForLoadState("networkidle");
  expect(sent.filter(({ extensions }) => extensions)).not.toEqual([]);
  expect(sent.filter(({ query }) => query)).toEqual([]);
});

scenario(
  "signing in to the portal and its list load no more JavaScript than gates.json allows",
  async (stage) => {
    const { page } = await stage.visitor("olga");
    const loaded = scriptsOf(page);
    await signIn(page, site().portal, await aPerson("Olga"), { shows: "My events" });
    await page.getByText("No event is coming.").waitFor();
    await page.waitForLoadState("networkidle");
    const scripts = await loaded();
    expect(kilobytes(scripts), listOf(scripts)).toBeLessThan(gates.portalScriptKilobytesMax);
    for (const { url, cacheControl } of scripts) {
      expect(url).toContain(site().portal.url("assets/"));
      expect(cacheControl).toContain("immutable");
    }
  },
);
