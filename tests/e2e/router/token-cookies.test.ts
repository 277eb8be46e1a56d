// The cookies that the router keeps for pages of our own: one for each name of `@sessionToken`.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "../../kit/browser-session.ts";
import { type Library, startLibrary } from "./harness.ts";

let library: Library;
beforeAll(async () => {
  library = await startLibrary();
});
afterAll(() => library.stop());

const BORROW = "mutation ($input: BorrowInput!) { borrow(input: $input) { got token card } }";

const borrow = (browser: ReturnType<typeof openBrowser>, input: object = {}) =>
  browser.send({ query: BORROW, variables: { input } });

test("each token has a cookie of its own, with a life of its own", async () => {
  const browser = openBrowser(library.url);
  const { data, headers } = await borrow(browser);
  expect(data?.borrow).toEqual({ got: ["", null], token: "", card: "" });
  const rest = "Path=/session; HttpOnly; SameSite=Strict";
  expect(headers.getSetCookie().sort()).toEqual([
    `meetinity_device=card; Max-Age=34560000; ${rest}`,
    `meetinity_session=+; Max-Age=60; ${rest}`,
  ]);
});

test("each input field gets the token of its name, unless it has one", async () => {
  const browser = openBrowser(library.url);
  Object.assign(browser, { cookie: "s", device: "d" });
  expect((await borrow(browser)).data?.borrow?.got).toEqual(["s", "d"]);
  const own = { token: "mine", card: "other" };
  expect((await borrow(browser, own)).data?.borrow?.got).toEqual(["mine", "other"]);
  Object.assign(browser, { cookie: null, device: "d" });
  expect((await borrow(browser)).data?.borrow?.got).toEqual(["", "d"]);
});

test("an answer without a token changes no cookie", async () => {
  const browser = openBrowser(library.url);
  const { headers, data } = await borrow(browser, { token: "s", card: "lost" });
  expect(data?.borrow?.card).toBeNull();
  expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^meetinity_session=/)]);
});

test("DELETE forgets the session and no other token", async () => {
  const browser = openBrowser(library.url);
  await borrow(browser);
  const { status, headers } = await browser.send({ method: "DELETE" });
  expect([status, headers.getSetCookie().length]).toEqual([204, 1]);
  expect([browser.cookie, browser.device]).toEqual([null, "card"]);
});

test("/graphql reads and keeps no token", async () => {
  const browser = openBrowser(library.url);
  Object.assign(browser, { cookie: "s", device: "d" });
  const variables = { input: { token: "t" } };
  const answer = await browser.send({ query: BORROW, variables, path: "/graphql" });
  expect(answer.data?.borrow).toEqual({ got: ["t", null], token: "t+", card: "card" });
  expect(answer.headers.getSetCookie()).toEqual([]);
});
