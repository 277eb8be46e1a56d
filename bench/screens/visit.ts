// One visit of one screen. A cold one is the first of a browser; a warm one is the second, whose
// scripts are cached or kept by the worker.
import type { Browser } from "playwright-core";
import type { DemoSite } from "../../tests/kit/demo-site.ts";
import { PHONE, type SignedIn, throttle } from "./phone.ts";
import type { Screen } from "./screens.ts";

export interface Visit {
  readonly headingMs: number;
  readonly contentMs: number;
  /** Until the content. */
  readonly bytes: number;
  readonly requests: number;
}

export interface VisitOptions {
  readonly site: DemoSite;
  readonly state: SignedIn;
  readonly screen: Screen;
  readonly temperature: "cold" | "warm";
}

const TIMEOUT_MS = 60_000;

export async function visit(
  browser: Browser,
  options: VisitOptions,
): Promise<readonly [Visit, SignedIn]> {
  const { site, state, screen, temperature } = options;
  const context = await browser.newContext({ ...PHONE, storageState: state });
  context.setDefaultTimeout(TIMEOUT_MS);
  try {
    if (temperature === "warm") {
      const before = await context.newPage();
      await before.goto(site.url(screen.path));
      await screen.content(before).waitFor();
      await before.waitForLoadState("networkidle");
      await before.close();
    }
    const page = await context.newPage();
    const counted = await throttle(page);
    const from = performance.now();
    await page.goto(site.url(screen.path), { waitUntil: "commit" });
    await screen.heading(page).first().waitFor();
    const headingMs = performance.now() - from;
    await screen.content(page).waitFor();
    const contentMs = performance.now() - from;
    const visited = { headingMs, contentMs, ...counted() };
    await page.waitForLoadState("networkidle");
    // A refresh token is for once: the next visit goes on with what this one has got.
    return [visited, await context.storageState()];
  } finally {
    await context.close();
  }
}
