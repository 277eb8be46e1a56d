// Requests to the session path that do not come from a page of our own: none of them runs, whatever
// cookie the browser adds.
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { type BrowserRequest, openBrowser } from "../kit/browser-session.ts";
import { graphqlUrl } from "../kit/stack.ts";
import { aPerson, type Person } from "../kit/stories.ts";

const ME = "{ me { id } }";
let ada: Person;
beforeAll(async () => {
  ada = await aPerson();
});

/** A browser in which Ada is signed in. */
async function signedIn() {
  const browser = openBrowser(graphqlUrl());
  await browser.signIn(ada);
  expect(browser.cookie).not.toBeNull();
  return browser;
}

describe("a request is refused before anything runs", () => {
  const refresh = { query: operation("RefreshSession"), variables: { input: {} } };
  const evil = "https://evil.test";

  test.each<[string, BrowserRequest]>([
    ["of another site", { headers: { origin: evil, "sec-fetch-site": "cross-site" } }],
    [
      "of another site in an old browser",
      { headers: { origin: evil, "sec-fetch-site": undefined } },
    ],
    ["of a page without an origin", { headers: { origin: "null" } }],
    ["without an origin", { headers: { origin: undefined } }],
    ["with an empty origin", { headers: { origin: "" } }],
    ["of another port of this machine", { headers: { origin: "http://localhost:1" } }],
    ["that a browser calls cross-site", { headers: { "sec-fetch-site": "cross-site" } }],
    ["that a browser calls same-site", { headers: { "sec-fetch-site": "same-site" } }],
    ["that a person typed", { headers: { "sec-fetch-site": "none" } }],
    ["by DELETE of another site", { method: "DELETE", headers: { origin: evil } }],
    ["by DELETE without an origin", { method: "DELETE", headers: { origin: undefined } }],
    ["by GET without an origin", { method: "GET", headers: { origin: undefined } }],
    [
      "as another site's form",
      {
        headers: { origin: evil, "content-type": "text/plain", "sec-fetch-site": "cross-site" },
        body: JSON.stringify(refresh),
      },
    ],
    ["with a broken body, unread", { headers: { origin: evil }, body: "{" }],
  ])("%s", async (_what, request) => {
    const browser = await signedIn();
    const before = browser.cookie;
    const answer = await browser.send({ ...refresh, ...request });
    expect([answer.status, answer.code]).toEqual([403, "FORBIDDEN"]);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    // The token is unused: it still has its first successor.
    expect(browser.cookie).toBe(before);
    expect((await browser.refresh()).data?.refreshSession?.__typename).toBe(
      "RefreshSessionSuccess",
    );
  });

  test.each<[string, number, BrowserRequest]>([
    ["as text", 415, { headers: { "content-type": "text/plain" } }],
    ["as a form", 415, { headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["without a type", 415, { headers: { "content-type": "" } }],
    ["by GET", 405, { method: "GET", path: `/session?query=${ME}` }],
    ["by PUT", 405, { method: "PUT" }],
    ["as a query", 400, { query: ME }],
    ["as a batch", 400, { body: JSON.stringify([refresh]) }],
  ])("%s, even from our own page", async (_what, status, request) => {
    const browser = await signedIn();
    const answer = await browser.send({ ...refresh, ...request });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
  });

  test("as a preflight: no other origin may ever send one", async () => {
    const headers = { "access-control-request-method": "POST" };
    const { status, headers: answered } = await openBrowser(graphqlUrl()).send({
      method: "OPTIONS",
      headers: { ...headers, origin: "https://evil.test" },
    });
    expect(status).toBe(404);
    expect(answered.get("access-control-allow-origin")).toBeNull();
  });
});
