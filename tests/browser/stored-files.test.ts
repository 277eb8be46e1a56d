// Guarantees about files between an app's page and the store, in a real browser: the page's policy
// and the store's rules for other origins let parts through, and show only what should be shown.
import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import { readConfig } from "#kit/service/config";
import { storageOfSettings, storageShape } from "#kit/storage/settings";
import type { SignedUrl } from "#kit/storage/storage";
import { stack } from "../kit/stack.ts";
import { heading } from "./screens.ts";
import { useSite } from "./site.ts";
import { scenario } from "./stage.ts";

const site = useSite();
const storage = storageOfSettings(readConfig(storageShape, stack().storage));
afterAll(() => storage.close());

const BYTES = 9 * 1_024 * 1_024;
const EXPIRES_IN = 600;

/** Sends a part of zeros, as the client does. */
const send = (page: Page, part: { readonly url: string; readonly bytes: number }) =>
  page.evaluate(async ({ url, bytes }) => {
    const answer = await fetch(url, { method: "PUT", body: new Blob([new Uint8Array(bytes)]) });
    return [answer.status, (answer.headers.get("etag") ?? "").length];
  }, part);

const read = (page: Page, { url, headers }: SignedUrl, range?: string) =>
  page.evaluate(
    async ({ url, headers }) => {
      const answer = await fetch(url, { headers });
      return [answer.status, (await answer.arrayBuffer()).byteLength];
    },
    { url, headers: { ...headers, ...(range && { range }) } },
  );

scenario(
  "a page sends a file in parts, and reads it whole, by ranges and for one person",
  async (stage) => {
    const { page, announce } = await stage.visitor("ada");
    await page.goto(site().url("sign-in"));
    await heading(page, "Sign in").waitFor();
    const file = { key: `browser/${randomUUID()}`, bytes: BYTES, expiresIn: EXPIRES_IN };
    const contentType = "application/pdf";
    const { uploadId, parts } = await storage.startUpload({ ...file, contentType });
    expect(parts).toHaveLength(2);
    for (const part of parts) expect(await send(page, part)).toEqual([200, 34]);
    await storage.finishUpload({ ...file, uploadId });
    const options = { ...file, contentType, disposition: "attachment" } as const;
    const open = storage.link(options);
    expect(await read(page, open)).toEqual([200, BYTES]);
    expect(await read(page, open, "bytes=10-19")).toEqual([206, 10]);
    const own = storage.link({ ...options, holder: "p1" });
    expect(await read(page, own)).toEqual([200, BYTES]);
    announce(/403/);
    expect(await read(page, { ...own, headers: {} })).toEqual([403, expect.any(Number)]);
    await storage.remove([file.key]);
  },
);

scenario("a page shows an image of the store, and no script of its origin runs", async (stage) => {
  const { page, announce } = await stage.visitor("ada");
  await page.goto(site().url("sign-in"));
  await heading(page, "Sign in").waitFor();
  const key = `browser/${randomUUID()}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"/>`;
  const contentType = "image/svg+xml";
  await storage.write({ key, contentType, body: Buffer.from(svg) });
  const { url } = storage.link({
    key,
    contentType,
    disposition: "inline",
    expiresIn: EXPIRES_IN,
  });
  const width = page.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(url)};
    await image.decode();
    return image.naturalWidth;
  })()`);
  expect(await width).toBe(7);
  const script = `<script>document.title = "run"</script>`;
  await storage.write({ key, contentType: "text/html", body: Buffer.from(script) });
  const html = storage.link({
    key,
    contentType: "text/html",
    disposition: "inline",
    expiresIn: 60,
  });
  announce(/^console\.error: Blocked script execution/);
  await page.goto(html.url);
  expect(await page.title()).not.toBe("run");
  await storage.remove([key]);
});
