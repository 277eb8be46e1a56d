// Guarantees about the tests of this folder: they notice every fault that a page reports. The pages
// here are bad on purpose.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SOON, theBrowser } from "./stage.ts";
import { LINE_IS_CUT, type Watch, watchContext } from "./watch.ts";

const PAGES: Readonly<Record<string, string>> = {
  good: "",
  console: `<script src="/script?console.error('broken')"></script>`,
  exception: `<script src="/script?null.broken()"></script>`,
  rejection: `<script src="/script?Promise.reject(new Error('broken'))"></script>`,
  missing: `<img src="/missing.png" alt="">`,
  request: `<script src="/script?fetch('/cut').catch(()=>{})"></script>`,
  policy: "<script>document.title = 'broken'</script>",
  style: `<p style="color: red">broken</p>`,
  left: `<script src="/script?fetch('/slow')"></script>`,
};

let server: Server;
let context: BrowserContext;
let watch: Watch;

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "", "http://server");
    const name = pathname.slice(1);
    if (name === "slow") return;
    if (name === "cut") request.socket.destroy();
    else if (name === "script") {
      response
        .setHeader("content-type", "text/javascript")
        .end(decodeURIComponent(search.slice(1)));
    } else if (name in PAGES) {
      response
        .setHeader("content-security-policy", "script-src 'self'; style-src 'self'")
        .setHeader("content-type", "text/html")
        .end(`<!doctype html><link rel="icon" href="data:,">${PAGES[name]}`);
    } else response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  context = await (await theBrowser()).newContext();
  watch = watchContext(context);
});
afterEach(() => context.close());

const visit = async (name: string) => {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`);
  return page;
};

describe("a fault of a page is noticed:", () => {
  test.each([
    ["an error in the console", "console", /console.error: broken/],
    ["an exception", "exception", /exception: TypeError/],
    ["a rejection that nobody handles", "rejection", /exception: Error: broken/],
    ["a missing file", "missing", /missing.png answered 404/],
    ["a request that fails", "request", /request: GET .+\/cut failed: net::ERR_EMPTY_RESPONSE/],
    ["a script against the policy of content", "policy", /Content Security Policy/],
    ["a style against the policy of content", "style", /Content Security Policy/],
  ])("%s", async (_, name, fault) => {
    await visit(name);
    await expect.poll(() => watch.faults(), SOON).toContainEqual(expect.stringMatching(fault));
  });

  test("but not one that was announced", async () => {
    watch.announce(...LINE_IS_CUT);
    await visit("request");
    await expect.poll(() => watch.log(), SOON).toContain("announced request");
    expect(watch.faults()).toEqual([]);
  });

  test("and a good page has none, also when it is left in the middle of a request", async () => {
    await visit("good");
    const page = await visit("left");
    await page.goto("about:blank");
    await page.close();
    expect(watch.faults()).toEqual([]);
  });
});
