// One story in a page of the browser: opens it, changes its language and direction as the toolbar
// does, and finds what is wrong with what it shows.
import type { Page } from "playwright-core";
import { axeFindings } from "../browser/axe-findings.ts";

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly name: string;
}

export interface Look {
  readonly language: "en" | "fr";
  readonly theme: "light" | "dark";
  readonly direction: "ltr" | "rtl";
  readonly width: number;
}

const OPEN_MS = 30_000;

/** In the page: whether the story is there. Throws when it failed. */
const IS_SHOWN = `(() => {
  const { classList } = document.body;
  if (classList.contains("sb-show-errordisplay")) {
    throw new Error(document.getElementById("error-message")?.textContent);
  }
  return classList.contains("sb-show-main") && !!document.querySelector("#storybook-root > *");
})()`;

/** Opens a story. Rejects when it does not come up. */
export async function open(page: Page, url: string, { id }: Story): Promise<void> {
  await page.goto(`${url}/iframe.html?id=${id}&viewMode=story`);
  await page.waitForFunction(IS_SHOWN, undefined, { timeout: OPEN_MS });
  await settled(page);
}

/** Waits for parts that are loaded on demand. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
}

export async function show(page: Page, look: Look): Promise<void> {
  const { language, theme, direction, width } = look;
  await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
  const payload = JSON.stringify({ globals: { language, direction } });
  await page.evaluate(`new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("It is not shown anew.")), ${OPEN_MS});
    const channel = window.__STORYBOOK_ADDONS_CHANNEL__;
    channel.once("storyRendered", resolve);
    channel.emit("updateGlobals", ${payload});
  }).then(() => {})`);
  await settled(page);
}

/** Findings of axe, and what is wider than the window. */
export async function faultsOf(page: Page): Promise<string[]> {
  const wide: readonly string[] = await page.evaluate(OVERFLOWING);
  return [...wide.map((each) => `wider than the window: ${each}`), ...(await axeFindings(page))];
}

/** In the page: elements that make it scroll sideways. */
const OVERFLOWING = `(() => {
  const page = document.documentElement;
  const isTooWide = ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth;
  if (![page, ...document.querySelectorAll("[data-scrolls]")].some(isTooWide)) return [];
  const wide = [...document.querySelectorAll("#storybook-root *")].filter((each) => {
    const { left, right } = each.getBoundingClientRect();
    return right > page.clientWidth + 1 || left < -1;
  });
  return [page.scrollWidth + " px", ...wide.slice(-3).map((each) => each.outerHTML.slice(0, 160))];
})()`;
