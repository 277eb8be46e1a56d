// The client of a page of our own origin against the real router: its refresh token is in a cookie
// that no script sees.
import { expect, onTestFinished, test } from "vitest";
import { Me } from "../../../clients/sdk/generated/operations.ts";
import { createLocalLock, type Fetch } from "../../../clients/sdk/index.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { type Line, startClient, startLine } from "./harness.ts";

const NAME = "meetinity_session=";

/** A browser: it keeps cookies, and says where its pages are from. */
function createBrowser(line: Line) {
  const { port } = new URL(line.router.url);
  const browser = { cookie: "", isOffline: false, sent: [] as string[] };
  const lock = createLocalLock();
  const send: Fetch = async (url, { headers, credentials, ...init }) => {
    if (browser.isOffline) throw new Error("offline");
    const { pathname } = new URL(url);
    browser.sent.push(`${init.method} ${pathname} ${credentials ?? ""}`.trim());
    const response = await fetch(new URL(pathname, line.router.url), {
      ...init,
      headers: {
        ...headers,
        origin: `http://localhost:${port}`,
        "sec-fetch-site": "same-origin",
        ...(pathname === "/session" && { cookie: browser.cookie }),
      },
    } as RequestInit);
    const set = response.headers.getSetCookie().find((each) => each.startsWith(NAME));
    if (set) browser.cookie = set.split(";")[0] ?? "";
    return response;
  };
  const openPage = () =>
    startClient(line, { refreshToken: "" }, { tokens: "cookie", fetch: send, lock });
  onTestFinished(() => {
    browser.isOffline = true;
  });
  return Object.assign(browser, { openPage });
}

async function signedIn(): Promise<{ browser: ReturnType<typeof createBrowser>; ada: Person }> {
  const [line, ada] = await Promise.all([startLine(), aPerson("Ada")]);
  const browser = createBrowser(line);
  const { session, run } = browser.openPage();
  const { email, password } = ada;
  const result = await session.signIn({ email, password });
  expect(result).toMatchObject({ __typename: "SignInSuccess", refreshToken: "" });
  expect((await run(Me, {})).me?.id).toBe(ada.id);
  return { browser, ada };
}

test("a person stays signed in over reloads, without a token that scripts can read", async () => {
  const { browser, ada } = await signedIn();
  expect(browser.sent).toEqual(["POST /session same-origin", "POST /graphql"]);
  for (const _ of [1, 2]) {
    const { run, session } = browser.openPage();
    expect((await run(Me, {})).me?.id).toBe(ada.id);
    expect(session.getSnapshot()).toMatchObject({ status: "signedIn", viewerId: ada.id });
  }
});

test("signing out deletes the cookie, and a page that is opened later is signed out", async () => {
  const { browser } = await signedIn();
  const page = browser.openPage();
  await page.session.signOut();
  expect(browser.sent).toContain("DELETE /session same-origin");
  expect(browser.cookie).toMatch(/=$/);
  const { session } = browser.openPage();
  expect(await session.accessToken()).toBeNull();
  expect(session.getSnapshot().status).toBe("signedOut");
});

test("a tab follows the sign-out of another one", async () => {
  const { browser, ada } = await signedIn();
  const [one, two] = [browser.openPage(), browser.openPage()];
  expect((await two.run(Me, {})).me?.id).toBe(ada.id);
  await one.session.signOut();
  await expect.poll(() => two.session.getSnapshot().status).toBe("signedOut");
});

test("without a network nobody is signed out, because the cookie would stay", async () => {
  const { browser, ada } = await signedIn();
  const { session } = browser.openPage();
  await session.accessToken();
  browser.isOffline = true;
  await expect(session.signOut()).rejects.toMatchObject({ name: "NetworkError" });
  expect(session.getSnapshot()).toMatchObject({ status: "signedIn", viewerId: ada.id });
  browser.isOffline = false;
  await session.signOut();
  expect(session.getSnapshot().status).toBe("signedOut");
});
