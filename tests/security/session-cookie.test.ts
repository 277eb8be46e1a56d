// The cookie of a browser's session: pages never see the token, and no other path reads it.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { traceparentOf } from "../../kit/service/trace.ts";
import { manifestOf } from "../../schema/manifest.ts";
import { operation } from "../../schema/operations.ts";
import { type BrowserRequest, openBrowser } from "../kit/browser-session.ts";
import { type OwnRouter, startOwnRouter } from "../kit/own-router.ts";
import { graphqlUrl } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { watchLogs } from "./logs.ts";

const TOKEN = /^[\w-]{128}$/;
const ME = "{ me { id } }";
const FRAGMENTS =
  "fragment F on SignInResult { ...G } fragment G on SignInSuccess { x: refreshToken }";
let ada: Person;
beforeAll(async () => {
  ada = await aPerson();
});

/** A browser in which Ada is signed in. */
async function signedIn(url = graphqlUrl()) {
  const browser = openBrowser(url);
  const { data } = await browser.signIn(ada);
  expect(data?.signIn).toMatchObject({ __typename: "SignInSuccess", refreshToken: "" });
  return browser;
}

const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

describe("the token of a session", () => {
  test("goes into a cookie for the session path, which scripts and other sites cannot use", async () => {
    const browser = openBrowser(graphqlUrl());
    const { headers } = await browser.signIn(ada);
    expect(headers.getSetCookie().sort()).toEqual([
      expect.stringMatching(
        /^meetinity_device=[\w-]+; Max-Age=34560000; Path=\/session; HttpOnly; SameSite=Strict$/,
      ),
      expect.stringMatching(
        /^meetinity_session=[\w-]+; Max-Age=2592000; Path=\/session; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(browser.cookie).toMatch(TOKEN);
  });

  test.each<[string, () => BrowserRequest]>([
    ["of signing in", () => ({ query: operation("SignIn"), variables: { input: login() } })],
    ["of signing up", () => ({ query: operation("SignUp"), variables: { input: newcomer() } })],
    ["under another name", () => aliased("{ ... on SignInSuccess { shown: refreshToken } }")],
    ["twice", () => aliased("{ ... on SignInSuccess { refreshToken b: refreshToken } }")],
    ["in fragments", () => aliased("{ ...F }", FRAGMENTS)],
    [
      "under another result",
      () =>
        aliased(
          "{ ... on SignInSuccess { a: refreshToken } ... on InvalidCredentialsProblem { a: reason } }",
        ),
    ],
  ])("is in no answer: %s", async (_what, requestOf) => {
    const browser = openBrowser(graphqlUrl());
    const { status, text } = await browser.send(requestOf());
    expect([status, browser.cookie]).toEqual([200, expect.stringMatching(TOKEN)]);
    expect(text).not.toContain(browser.cookie);
    expect(text).not.toMatch(/"(?:shown|a|b|x|refreshToken)":"[^"]/);
  });

  test("comes from the cookie where the input leaves it out, and each refresh replaces it", async () => {
    const browser = await signedIn();
    const seen = [browser.cookie];
    for (const variables of [{ input: {} }, { input: { refreshToken: "" } }]) {
      const { data, text } = await browser.refresh(variables);
      expect(data?.refreshSession).toMatchObject({
        __typename: "RefreshSessionSuccess",
        viewer: { id: ada.id },
      });
      expect(text).not.toContain(browser.cookie);
      seen.push(browser.cookie);
    }
    expect(new Set(seen).size).toBe(3);
  });

  test("is missing without a cookie, which is the usual problem", async () => {
    const nobody = openBrowser(graphqlUrl());
    const { data, headers } = await nobody.refresh();
    expect(data?.refreshSession).toMatchObject({ __typename: "InvalidRefreshTokenProblem" });
    expect(headers.getSetCookie()).toEqual([]);
    nobody.cookie = "x".repeat(5_000);
    expect((await nobody.refresh()).data?.refreshSession).toMatchObject({
      __typename: "InvalidRefreshTokenProblem",
    });
  });

  test("is one for two tabs that refresh at once", async () => {
    const browser = await signedIn();
    const before = browser.cookie;
    const tabs = await Promise.all([browser.refresh(), browser.refresh(), browser.refresh()]);
    for (const { data } of tabs)
      expect(data?.refreshSession?.__typename).toBe("RefreshSessionSuccess");
    expect(new Set(tabs.flatMap(({ headers }) => headers.getSetCookie())).size).toBe(1);
    expect(browser.cookie).not.toBe(before);
    expect((await browser.refresh()).data?.refreshSession?.__typename).toBe(
      "RefreshSessionSuccess",
    );
  });

  test("is forgotten by DELETE, and useless after signing out", async () => {
    const browser = await signedIn();
    const kept = browser.cookie;
    const { data } = await browser.refresh();
    const token = data?.refreshSession?.accessToken;
    await browser.send({ query: operation("SignOut"), headers: bearer(token) });
    const { status, text, headers } = await browser.send({ method: "DELETE" });
    expect([status, text]).toEqual([204, ""]);
    expect(headers.getSetCookie()).toEqual([
      "meetinity_session=; Max-Age=0; Path=/session; HttpOnly; SameSite=Strict",
    ]);
    expect(browser.cookie).toBeNull();
    browser.cookie = kept;
    expect((await browser.refresh()).data?.refreshSession).toMatchObject({
      __typename: "InvalidRefreshTokenProblem",
    });
  });

  test("is in no log, at any level, whatever happens to it", async () => {
    const logs = await watchLogs();
    const browser = await signedIn();
    const tokens = [browser.cookie];
    await browser.refresh();
    tokens.push(browser.cookie);
    const traceId = randomUUID().replaceAll("-", "");
    const headers = { traceparent: traceparentOf(traceId) };
    const query = operation("RefreshSession");
    await browser.send({ query, variables: { input: { unknown: 1 } }, headers });
    await browser.send({
      query,
      variables: { input: {} },
      headers: { origin: "https://evil.test" },
    });
    const isWritten = async () => (await logs.since()).some(({ text }) => text.includes(traceId));
    await expect.poll(isWritten, { timeout: 20_000 }).toBe(true);
    const lines = (await logs.since()).map(({ text }) => text).join("\n");
    expect(tokens.filter((token) => lines.includes(String(token)))).toEqual([]);
  });

  test("stays as it is at /graphql, which ignores the cookie", async () => {
    const browser = await signedIn();
    const path = "/graphql";
    const { data, headers } = await browser.send({
      query: operation("SignIn"),
      variables: { input: login() },
      path,
    });
    expect(data?.signIn?.refreshToken).toMatch(TOKEN);
    expect(headers.getSetCookie()).toEqual([]);
    const refresh = { query: operation("RefreshSession"), path };
    expect((await browser.send({ ...refresh, variables: { input: {} } })).code).toBe(
      "BAD_USER_INPUT",
    );
    const empty = await browser.send({ ...refresh, variables: { input: { refreshToken: "" } } });
    expect(empty.data?.refreshSession?.__typename).toBe("InvalidRefreshTokenProblem");
    expect((await browser.send({ query: ME, path })).data?.me).toBeNull();
  });
});

describe("a router at a public address", () => {
  let router: OwnRouter;
  const origin = "https://meetinity.example";
  const portal = "https://portal.example";
  beforeAll(async () => {
    router = await startOwnRouter({
      NODE_ENV: "production",
      PUBLIC_URL: origin,
      CORS_ORIGINS: portal,
      TRUSTED_DOCUMENTS: "only",
      RATE_LIMITS: "off",
      LOG_LEVEL: "trace",
    });
  });
  afterAll(() => router?.stop());

  test("sends the cookie over HTTPS alone, runs documents by id, and logs no token", async () => {
    const [{ id } = { id: "" }] = manifestOf([operation("SignIn")]).operations;
    const persistedQuery = { version: 1, sha256Hash: id };
    const body = { variables: { input: login() }, extensions: { persistedQuery } };
    const browser = openBrowser(router.url, origin);
    const { data, headers } = await browser.send({ body: JSON.stringify(body) });
    expect(data?.signIn).toMatchObject({ refreshToken: "" });
    expect(headers.getSetCookie()[0]).toMatch(/; HttpOnly; SameSite=Strict; Secure$/);
    const byText = await browser.signIn(ada);
    expect(byText.status).toBe(400);
    expect(JSON.stringify(router.logged)).not.toContain(browser.cookie);
  });

  test("lets no other app use the cookie, though that may use the graph", async () => {
    for (const other of [portal, `http://localhost:${new URL(router.url).port}`]) {
      const answer = await openBrowser(router.url, other).refresh();
      expect([answer.status, answer.code]).toEqual([403, "FORBIDDEN"]);
    }
  });
});

const login = () => ({ email: ada.email, password: ada.password });
const newcomer = () => ({
  email: `${randomUUID()}@meetinity.test`,
  password: "correct horse battery staple",
  displayName: "Newcomer",
});
const aliased = (selection: string, fragments = ""): BrowserRequest => ({
  query: `mutation ($input: SignInInput!) { signIn(input: $input) ${selection} } ${fragments}`,
  variables: { input: login() },
});
