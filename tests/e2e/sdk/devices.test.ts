// The client's device token against the real router: it outlives sessions and people, and pages of
// our own origin never see it. And what a client knows of a session that ended elsewhere.
import { expect, test } from "vitest";
import { EndOtherSessions, Sessions } from "../../../clients/sdk/generated/operations.ts";
import { createMemoryStore } from "../../../clients/sdk/index.ts";
import { operation } from "../../../schema/operations.ts";
import { openBrowser } from "../../kit/browser-session.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { graphqlUrl } from "../../kit/stack.ts";
import { aPerson } from "../../kit/stories.ts";
import { POLL, startClient, startLine } from "./harness.ts";

const NOBODY = { refreshToken: "none" };

const devicesOf = (personId: string) =>
  withDatabase("users", async (client) => {
    const text = "select from device where person_id = $1";
    return (await client.query(text, [personId])).rowCount;
  });

test("an installation keeps its device token when people sign out and others sign in", async () => {
  const line = await startLine();
  const [ada, bob] = [await aPerson("Ada"), await aPerson("Bob")];
  const device = createMemoryStore();
  const { session } = startClient(line, NOBODY, { device });
  await session.signIn({ email: ada.email, password: ada.password });
  const token = await device.read();
  expect(token).toMatch(/^[\w-]{43}$/);
  await session.signOut();
  for (const { email, password } of [bob, ada, bob]) {
    await session.signIn({ email, password });
    expect(await device.read()).toBe(token);
  }
  // Each has the one of this test, and that with which they signed up.
  expect([await devicesOf(ada.id), await devicesOf(bob.id)]).toEqual([2, 2]);
});

test("a browser keeps it in a cookie that outlives the session, out of the sight of pages", async () => {
  const { id, email, password } = await aPerson("Ada");
  const browser = openBrowser(graphqlUrl());
  const { data, text } = await browser.signIn({ email, password });
  expect(data?.signIn).toMatchObject({ __typename: "SignInSuccess", deviceToken: "" });
  const { device } = browser;
  expect(device).toMatch(/^[\w-]{43}$/);
  expect(text).not.toContain(device);
  await browser.send({ method: "DELETE" });
  expect([browser.cookie, browser.device]).toEqual([null, device]);
  await browser.signIn({ email, password });
  expect(browser.device).toBe(device);
  expect(await devicesOf(id)).toBe(2);
});

test("a client whose session ends elsewhere knows that within seconds, and that nobody signed out", async () => {
  const line = await startLine();
  const ada = await aPerson("Ada");
  const { session, streams, run } = startClient(line, NOBODY);
  await session.signIn({ email: ada.email, password: ada.password });
  const opened: string[] = [];
  streams.inboxEvents({ next: ({ __typename }) => opened.push(__typename) });
  await expect.poll(() => opened, POLL).toEqual(["InboxOpened"]);
  const { me } = await run(Sessions, {});
  expect(me?.sessions?.edges.map(({ node }) => node.isCurrent)).toEqual([true, false]);
  await dataOf(operation("EndOtherSessions"), {}, { as: ada.token });
  await expect
    .poll(() => session.getSnapshot(), { timeout: 5_000 })
    .toEqual({ status: "signedOut", viewerId: null, hasEnded: true });
  await session.signIn({ email: ada.email, password: ada.password });
  expect(session.getSnapshot()).toMatchObject({ status: "signedIn", viewerId: ada.id });
  expect(session.getSnapshot().hasEnded).toBeUndefined();
  await run(EndOtherSessions, {});
  await session.signOut();
  expect(session.getSnapshot()).toEqual({ status: "signedOut", viewerId: null });
});
