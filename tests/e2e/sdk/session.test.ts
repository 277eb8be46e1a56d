// The client's session against the real router: by id alone, through ended tokens, and over two
// tabs of one browser.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Me, UpdateProfile } from "../../../clients/sdk/generated/operations.ts";
import { texts } from "../../../clients/sdk/generated/texts.ts";
import { createLocalLock, createMemoryStore } from "../../../clients/sdk/index.ts";
import { aPerson, confirmAddress } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { startClient, startLine } from "./harness.ts";

test("a person signs up, out and in", async () => {
  const line = await startLine();
  const { session, run } = startClient(line, { refreshToken: "none" });
  const email = `${randomUUID()}@meetinity.test`;
  const password = "correct horse battery staple";
  expect(await session.signUp({ email, password, displayName: "Ada" })).toMatchObject({
    __typename: "SignUpSuccess",
  });
  const { me } = await run(Me, {});
  const state = { status: "signedIn", viewerId: me?.id, isEmailVerified: false };
  expect(session.getSnapshot()).toEqual(state);
  await confirmAddress(me?.id ?? "");
  await session.refresh();
  expect(session.getSnapshot()).toEqual({ ...state, isEmailVerified: true });
  await session.signOut();
  expect(session.getSnapshot()).toEqual({ status: "signedOut", viewerId: null });
  expect(await session.signIn({ email, password: "wrong" })).toMatchObject({
    __typename: "InvalidCredentialsProblem",
  });
  await session.signIn({ email, password });
  expect((await run(Me, {})).me).toEqual({ ...me, isEmailVerified: true });
});

test("an ended token is replaced, and nothing is sent twice that may have run", async () => {
  const line = await startLine();
  const person = await aPerson();
  const ended = await accessToken({ userId: person.id, lifeSeconds: -60 });
  let endedUses = 1;
  const { run } = startClient(line, person, {
    fetch(_url, { headers, ...init }) {
      const isEnded = "authorization" in headers && endedUses-- > 0;
      const authorization = isEnded ? { authorization: `Bearer ${ended}` } : {};
      return fetch(line.router.url, { ...init, headers: { ...headers, ...authorization } });
    },
  });
  const { updateProfile } = await run(UpdateProfile, { input: { headline: "Once" } });
  expect(updateProfile.__typename).toBe("UpdateProfileSuccess");
  endedUses = 1;
  expect((await run(Me, {})).me?.headline).toBe("Once");
});

test("two tabs share one session through its whole life", async () => {
  const line = await startLine();
  const [tokens, lock] = [createMemoryStore((await aPerson()).refreshToken), createLocalLock()];
  const tabs = [1, 2].map(() => startClient(line, { refreshToken: "" }, { tokens, lock }));
  for (const _ of [1, 2, 3]) {
    const used = await Promise.all(tabs.map(({ session }) => session.accessToken()));
    await Promise.all(tabs.map(({ session }, at) => session.renew(used[at] ?? "")));
  }
  const people = await Promise.all(tabs.map(({ run }) => run(Me, {})));
  expect(people[0]?.me?.id).toBe(people[1]?.me?.id);
  expect(tabs.map(({ session }) => session.getSnapshot().status)).toEqual(["signedIn", "signedIn"]);
});

test("a router that does not know the ids gets texts, if the app has them", async () => {
  const line = await startLine(await withoutOurIds());
  const person = await aPerson();
  const options = { tokens: createMemoryStore(person.refreshToken) };
  const byId = startClient(line, person, options);
  await expect(byId.run(Me, {})).rejects.toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND" });
  const byText = startClient(line, person, { ...options, texts });
  const people = await Promise.all([byText.run(Me, {}), byText.run(Me, {})]);
  expect(people.map(({ me }) => me?.id)).toEqual([person.id, person.id]);
  const streaming = startClient(line, person, { ...options, texts });
  const events: string[] = [];
  streaming.streams.inboxEvents({ next: ({ __typename }) => events.push(__typename) });
  await expect.poll(() => events, { timeout: 10_000 }).toEqual(["InboxOpened"]);
});

/** The settings of a router whose manifest has no operations. */
async function withoutOurIds(): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(join(tmpdir(), "meetinity-manifest-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const TRUSTED_DOCUMENTS_FILE = join(folder, "manifest.json");
  const empty = { format: "apollo-persisted-query-manifest", version: 1, operations: [] };
  await writeFile(TRUSTED_DOCUMENTS_FILE, JSON.stringify(empty));
  return { TRUSTED_DOCUMENTS: "off", TRUSTED_DOCUMENTS_FILE };
}
