// Guarantees about the portal at an origin of its own: it has a session of its own, which nothing
// of the app's origin reaches, and its links lead to the app.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect } from "vitest";
import { projectRoot } from "../../../local/project.ts";
import { anEvent, aPerson, aRegistration } from "../../kit/stories.ts";
import { button, choose, heading, signIn } from "../screens.ts";
import { type Site, startSite, useSite } from "../site.ts";
import { scenario } from "../stage.ts";
import { row } from "./desk.ts";

const app = useSite();
let folder = "";
let desk: Site;

/** The portal as an operator builds it for an origin of its own. */
async function build(outDir: string, appUrl: string): Promise<void> {
  const workspace = join(projectRoot, "clients/admin");
  const require = createRequire(join(workspace, "package.json"));
  const vite = join(dirname(require.resolve("vite/package.json")), "bin/vite.js");
  const args = [vite, "build", "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"];
  const env = { ...process.env, NODE_ENV: "production", VITE_APP_URL: appUrl };
  await promisify(execFile)(process.execPath, args, { cwd: workspace, env });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portal-"));
  await build(folder, app().url());
  desk = await startSite({ STATIC_MOUNTS: `/admin=${folder}` }, "127.0.0.1");
});

afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true });
});

scenario("app and portal have sessions of their own, and each ends alone", async (stage) => {
  const [olga, ada] = [await aPerson("Olga"), await aPerson("Ada")];
  const eventId = await anEvent(olga.token, { title: "Two doors" });
  const { page, newTab } = await stage.visitor("olga");
  await signIn(page, desk.portal, olga, { path: `events/${eventId}`, shows: "Two doors" });
  // Over a WebSocket of the portal's own origin.
  await page.getByText("Nobody has registered yet.").waitFor();
  await aRegistration(ada.token, eventId);
  await row(page, "Ada").waitFor();

  const download = page.waitForEvent("download");
  await button(page, "Export as CSV").click();
  expect((await download).suggestedFilename()).toBe("Two-doors-registrations.csv");

  const other = await newTab();
  await signIn(other, app(), olga);
  await choose(other, "Sign out", "menuitem");
  await heading(other, "Sign in").waitFor();
  await page.reload();
  await row(page, "Ada").waitFor();
  await choose(page, "To the app", "menuitem");
  await heading(page, "Sign in").waitFor();
  expect(page.url().startsWith(app().url())).toBe(true);
});

scenario("no page of one origin reads the graph or the session of the other", async (stage) => {
  const { page, announce } = await stage.visitor("olga");
  await signIn(page, desk.portal, await aPerson("Olga"), { shows: "My events" });
  announce(/CORS policy|net::ERR_FAILED|Content Security Policy|answered 403/);
  const graph = new URL("/graphql", desk.portal.url()).href;
  const session = new URL("/session", desk.portal.url()).href;
  await page.goto(app().url("sign-in"));
  for (const url of [graph, session]) {
    const ask = `fetch(${JSON.stringify(url)}, {
      method: "POST",
      credentials: "include",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ me { id } }" }),
    }).then(() => "read", () => "refused")`;
    expect([url, await page.evaluate(ask)]).toEqual([url, "refused"]);
    // The page's own policy has refused it; so does the server, with the cookies.
    const headers = { origin: new URL(app().url()).origin };
    const sent = await page.request.post(url, { headers, data: { query: "{ me { id } }" } });
    expect([url, sent.status()]).toEqual([url, 403]);
  }
});
