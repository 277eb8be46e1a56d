// A phone on a slow line: the browser's own throttling, through the protocol of its tools.
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { DemoSite } from "../../tests/kit/demo-site.ts";

/** The data that a browser keeps of a person who is signed in. */
export type SignedIn = Awaited<ReturnType<BrowserContext["storageState"]>>;

export const PHONE = { viewport: { width: 390, height: 844 }, locale: "en-GB" } as const;

/** As "Fast 3G" of Chromium's tools: bytes a second, and the delay of each request. */
const LINE = {
  offline: false,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
  latency: 150,
};
const TIMES_SLOWER = 4;

export async function signedIn(browser: Browser, site: DemoSite, email: string): Promise<SignedIn> {
  const context = await browser.newContext(PHONE);
  const page = await context.newPage();
  await page.goto(site.url());
  await page.getByLabel("Email address", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(site.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Conversations" }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Returns the bytes that have come over the line so far, and the requests. */
export async function throttle(page: Page): Promise<() => { bytes: number; requests: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", LINE);
  await session.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
  let [bytes, requests] = [0, 0];
  session.on("Network.requestWillBeSent", ({ request }) => {
    if (request.url.startsWith("http")) requests += 1;
  });
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return () => ({ bytes, requests });
}
