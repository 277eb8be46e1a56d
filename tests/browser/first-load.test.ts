// Guarantees about the first visit: how much JavaScript it loads, that the files are cached for
// ever, and that scripts come from our own origin alone.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, inject } from "vitest";
import { gates } from "../contract/gates.ts";
import { aPerson } from "../kit/stories.ts";
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

/** The files of a conversation, which the list loads ahead when it has nothing to do. */
function loadedAhead(): Set<string> {
  const path = join(inject("appFolders").app, ".vite/manifest.json");
  const manifest: Manifest = JSON.parse(readFileSync(path, "utf8"));
  const keys = new Set(["conversations/conversation-page.tsx"]);
  for (const key of keys) for (const next of manifest[key]?.imports ?? []) keys.add(next);
  const files = [...keys].map((key) => manifest[key]?.file ?? key);
  expect(files[0]).toMatch(/\.js$/);
  return new Set(files.map((file) => site().url(file)));
}

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
