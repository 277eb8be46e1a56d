// `npm run stories:check [-- text] [--pictures folder]`: opens every story, or those whose title or
// name has the text, in both languages and themes and from right to left, at 390 and 1280 px.
// Findings of axe, errors of the console, pages that scroll sideways, and what the Tab key does not
// reach or show make it fail.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { projectRoot } from "../../local/project.ts";
import { browserPath, launch } from "../browser/chromium.ts";
import { faultsOfWalk } from "../browser/walk.ts";
import { faultsOf, type Look, open, type Story, show } from "./opened.ts";
import { serve } from "./served.ts";

const BUILT = join(projectRoot, "clients/stories/dist");
/** The machine has two cores, and a page waits much. */
const PAGES = 3;

const LOOKS: readonly Look[] = [
  { language: "en", theme: "light", direction: "ltr", width: 390 },
  { language: "en", theme: "dark", direction: "ltr", width: 1280 },
  { language: "fr", theme: "light", direction: "ltr", width: 1280 },
  { language: "fr", theme: "dark", direction: "ltr", width: 390 },
  { language: "en", theme: "light", direction: "rtl", width: 390 },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pictures: { type: "string" }, built: { type: "boolean", default: false } },
});

function storiesOf(): Story[] {
  const index = JSON.parse(readFileSync(join(BUILT, "index.json"), "utf8"));
  const stories = Object.values<Story & { readonly type: string }>(index.entries);
  const wanted = positionals.map((each) => each.toLowerCase());
  return stories.filter(({ type, title, name }) => {
    const text = `${title} ${name}`.toLowerCase();
    return type === "story" && wanted.every((each) => text.includes(each));
  });
}

/** Before the checks, which scroll and move the focus. */
async function keepPicture(page: Page, file: string): Promise<void> {
  if (values.pictures !== undefined) await page.screenshot({ path: join(values.pictures, file) });
}

/** Returns the faults of one story. */
async function check(page: Page, url: string, story: Story): Promise<string[]> {
  const faults: string[] = [];
  const label = `${story.title} / ${story.name}`;
  const listen = (text: string) => faults.push(`${label}: ${text}`);
  const onConsole = (message: { type(): string; text(): string }) => {
    if (message.type() === "error") listen(`console: ${message.text()}`);
  };
  const onError = (error: Error) => listen(`exception: ${error.message}`);
  page.on("console", onConsole).on("pageerror", onError);
  try {
    await open(page, url, story);
    for (const look of LOOKS) {
      await show(page, look);
      const { language, theme, direction, width } = look;
      const name = [language, theme, direction, width].join(" ");
      await keepPicture(page, `${story.id}.${name.replaceAll(" ", "-")}.png`);
      const walked = language === "en" && direction === "ltr" ? await faultsOfWalk(page) : [];
      const found = [...(await faultsOf(page)), ...walked];
      for (const each of found) listen(`${name}: ${each}`);
    }
  } catch (error) {
    listen(`does not open: ${error instanceof Error ? error.message : error}`);
  } finally {
    page.off("console", onConsole).off("pageerror", onError);
  }
  return faults;
}

async function work(browser: Browser, url: string, stories: Story[]): Promise<string[]> {
  const context = await browser.newContext({ timezoneId: "Europe/Paris", locale: "en-GB" });
  const page = await context.newPage();
  // Nothing comes from outside.
  await page.route("**", (route) =>
    route.request().url().startsWith(url) ? route.continue() : route.abort(),
  );
  const faults: string[] = [];
  for (let story = stories.shift(); story; story = stories.shift()) {
    const found = await check(page, url, story);
    faults.push(...found);
    console.log(`${found.length === 0 ? "ok  " : "FAIL"} ${story.title} / ${story.name}`);
  }
  return faults;
}

async function main(): Promise<number> {
  if (!values.built) {
    const built = spawnSync("npm", ["run", "stories:build"], {
      cwd: projectRoot,
      stdio: "inherit",
    });
    if (built.status !== 0) return 1;
  }
  if (values.pictures !== undefined) mkdirSync(values.pictures, { recursive: true });
  const stories = storiesOf();
  const count = stories.length;
  const served = await serve(BUILT);
  const browser = await launch(browserPath());
  const workers = Array.from({ length: PAGES }, () => work(browser, served.url, stories));
  const faults = (await Promise.all(workers)).flat();
  await browser.close();
  served.stop();
  console.log(`\n${count} stories, ${faults.length} faults`);
  for (const each of faults) console.log(`- ${each}`);
  return faults.length === 0 && count > 0 ? 0 : 1;
}

process.exitCode = await main();
