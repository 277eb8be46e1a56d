// A scenario: a test with browsers of its own, one for each person. It fails on every fault that a
// page reports and the test has not announced; then screens and consoles are kept.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { projectRoot } from "../../local/project.ts";
import { ofProcess } from "../kit/of-process.ts";
import { launch } from "./chromium.ts";
import { type Watch, watchContext } from "./watch.ts";

export const PHONE = { width: 390, height: 844 } as const;
export const DESK = { width: 1280, height: 800 } as const;
/** Shows all messages of a short conversation at once. */
export const TALL = { width: 1280, height: 2400 } as const;

export interface VisitorOptions {
  readonly size?: { readonly width: number; readonly height: number };
  /** The first language of the browser. Default: English. */
  readonly locale?: "en-GB" | "fr-FR";
  readonly theme?: "light" | "dark";
  readonly timezone?: string;
  /** The camera sees a file of `writeCamera`. The visitor has a browser of their own then. */
  readonly camera?: string;
  /** A microphone that beeps, likewise. */
  readonly microphone?: "allowed" | "refused";
}

/** One person's browser, with one tab. */
export interface Visitor extends Pick<Watch, "announce"> {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
  newTab(): Promise<Page>;
}

export interface Stage {
  /** Opens a browser that nobody has used. `name` is for what is kept of a failure. */
  visitor(name: string, options?: VisitorOptions): Promise<Visitor>;
}

/** Poll until something is on the screen. */
export const SOON = { timeout: 20_000 } as const;
const FAILURES = join(projectRoot, ".meetinity/browser/failures");

/** The browser of this process. Its contexts share nothing. */
export function theBrowser(): Promise<Browser> {
  return ofProcess("browser", () => launch(inject("browserPath")));
}

interface Opened extends Visitor {
  readonly watch: Watch;
}

/** A test, named by its guarantee. */
export function scenario(name: string, play: (stage: Stage) => Promise<void>, timeoutMs?: number) {
  test(
    name,
    async () => {
      const visitors: Opened[] = [];
      try {
        await play({
          async visitor(who, options = {}) {
            const opened = await open(who, options);
            visitors.push(opened);
            return opened;
          },
        });
        expect(faultsOf(visitors)).toEqual([]);
      } catch (error) {
        const folder = await keep(name, visitors, error);
        if (error instanceof Error) error.message += `\n\nScreens and consoles are in ${folder}`;
        throw error;
      } finally {
        await Promise.all(visitors.map(({ context }) => context.close()));
      }
    },
    timeoutMs,
  );
}

function faultsOf(visitors: readonly Opened[]): string[] {
  return visitors.flatMap(({ name, watch }) => watch.faults().map((each) => `${name}: ${each}`));
}

async function open(name: string, options: VisitorOptions): Promise<Opened> {
  const { camera, microphone } = options;
  const hasDevices = camera !== undefined || microphone !== undefined;
  const devices = { camera, microphone };
  const browser = hasDevices ? await launch(inject("browserPath"), devices) : await theBrowser();
  const context = await browser.newContext({
    permissions: [
      ...(camera === undefined ? [] : ["camera"]),
      ...(microphone === "allowed" ? ["microphone"] : []),
    ],
    viewport: options.size ?? DESK,
    locale: options.locale ?? "en-GB",
    timezoneId: options.timezone ?? "Europe/Paris",
    colorScheme: options.theme ?? "light",
    reducedMotion: "reduce",
  });
  if (hasDevices) context.on("close", () => void browser.close());
  context.setDefaultTimeout(SOON.timeout);
  const watch = watchContext(context);
  const { announce } = watch;
  const newTab = () => context.newPage();
  return { name, context, watch, announce, newTab, page: await newTab() };
}

/** Keeps what each tab shows, and the consoles. Returns the folder. */
async function keep(scenarioName: string, visitors: readonly Opened[], error: unknown) {
  const slug = scenarioName.replaceAll(/[^\w]+/g, "-").slice(0, 80);
  const folder = join(FAILURES, slug);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "error.txt"), `${error instanceof Error ? error.stack : error}\n`);
  for (const { name, context, watch } of visitors) {
    await writeFile(join(folder, `${name}.console.txt`), `${watch.log()}\n`);
    for (const [at, page] of context.pages().entries()) {
      const file = join(folder, `${name}.${at + 1}`);
      const tree = await page.locator("body").ariaSnapshot({ timeout: 3_000 }).catch(String);
      await writeFile(`${file}.screen.txt`, `${page.url()}\n${tree}\n`);
      await page.screenshot({ path: `${file}.png`, timeout: 5_000 }).catch(() => {});
    }
  }
  return folder;
}
