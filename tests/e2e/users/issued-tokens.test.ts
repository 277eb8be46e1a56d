// Access tokens that are out when their person loses or gains something: what routers are told, in
// the transaction of its cause, and what a router that starts gets.
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import type { Fact } from "../../../kit/facts/outbox.ts";
import { untilPublished } from "../../../kit/facts/published.ts";
import { type Relay, startRelay } from "../../../kit/facts/relay.ts";
import { TOKEN_PARTS } from "../../../kit/facts/token-feed.ts";
import { addScopeToTokens, refuseTokens } from "../../../subgraphs/users/accounts/issued-tokens.ts";
import { grantRole, revokeRole } from "../../../subgraphs/users/accounts/roles/actions.ts";
import { insertGrants } from "../../../subgraphs/users/accounts/roles/store.ts";
import { refreshSession } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { snapshotOf } from "../../../subgraphs/users/integration.ts";
import { stack } from "../../kit/stack.ts";
import { as, openUsers, type Users } from "./harness.ts";

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

const NOW = new Date();
const LATER = new Date(NOW.getTime() + 16 * 60_000).toISOString();

async function claimsOf(refreshToken: string): Promise<Record<string, unknown>> {
  const renewed = await refreshSession(users.context(), refreshToken);
  if (renewed.kind !== "signedIn") throw new Error(renewed.kind);
  const [, claims = ""] = renewed.access.token.split(".");
  return JSON.parse(Buffer.from(claims, "base64url").toString());
}

/** The published facts about a person's tokens, oldest first. */
function toldOf(userId: string): Promise<{ topic: string; version: number; payload: object }[]> {
  return users.sql(
    `select topic, version, payload from outbox where payload->>'userId' = $1
     and topic in ('users.token-version.raised.v1', 'users.scope.granted.v1') order by id`,
    [userId],
  );
}

async function snapshotOfPart(name: string): Promise<readonly { key: string; payload: unknown }[]> {
  const part = snapshotOf(users.database).find((each) => each.name === name);
  const facts: Fact[] = [];
  for (let after: string | null = null; ; ) {
    const page: readonly Fact[] = (await part?.page(after, 2)) ?? [];
    facts.push(...page);
    if (page.length < 2) return facts;
    after = page.at(-1)?.key ?? null;
  }
}

const refuse = (userId: string, at = NOW) =>
  inTransaction(users.database, (tx) => refuseTokens(tx, userId, at));
const add = (userId: string, scope: string) =>
  inTransaction(users.database, (tx) => addScopeToTokens(tx, userId, scope, NOW));

test("revoking a role raises the token version once, and granting one does not", async () => {
  const [admin, ada] = await Promise.all([users.join("Chief"), users.join("Ada")]);
  await insertGrants(users.database, admin.userId, ["ADMIN"], NOW);
  const context = users.context(as(admin), NOW);
  const change = { userId: ada.userId, role: "MODERATOR" } as const;
  await grantRole(context, change);
  expect(await toldOf(ada.userId)).toEqual([]);
  for (let time = 0; time < 2; time += 1) await revokeRole(context, change);
  expect(await toldOf(ada.userId)).toEqual([
    {
      topic: "users.token-version.raised.v1",
      version: 1,
      payload: { userId: ada.userId, tokenVersion: 1, accessTokensEndBy: LATER },
    },
  ]);
  expect(await claimsOf(ada.refreshToken)).toMatchObject({ ver: 1, roles: ["USER", "ORGANIZER"] });
});

test("a raise that is rolled back is not told, and tokens stay as they were", async () => {
  const { userId, refreshToken } = await users.join();
  const failed = inTransaction(users.database, async (tx) => {
    await refuseTokens(tx, userId, NOW);
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(await toldOf(userId)).toEqual([]);
  expect(await claimsOf(refreshToken)).toMatchObject({ ver: 0 });
});

test("20 raises at once give 20 versions, and a grant beside them has one of them", async () => {
  const { userId, refreshToken } = await users.join();
  const raises = Array.from({ length: 20 }, () => refuse(userId));
  await Promise.all([...raises, add(userId, "verified")]);
  const told = await toldOf(userId);
  const versions = told.flatMap(({ topic, payload }) =>
    topic === "users.scope.granted.v1" ? [] : [(payload as { tokenVersion: number }).tokenVersion],
  );
  expect(versions).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  // In the outbox a grant follows the raise whose version it has, because both hold the lock.
  const at = told.findIndex(({ topic }) => topic === "users.scope.granted.v1");
  expect(told[at]?.payload).toMatchObject({ tokenVersion: at });
  expect(await claimsOf(refreshToken)).toMatchObject({ ver: 20 });
});

test("a router that starts gets the newest raise of each person, and each scope, for 16 minutes", async () => {
  const people = await Promise.all(Array.from({ length: 5 }, () => users.join()));
  const [{ userId: first = "" } = {}, { userId: stale = "" } = {}] = people;
  for (const { userId } of people.slice(2)) await refuse(userId);
  await refuse(first);
  await refuse(first);
  await refuse(stale);
  await add(first, "verified");
  await add(first, "more");
  await users.sql(
    `update outbox set created_at = created_at - interval '17 minutes' where key = $1`,
    [stale],
  );
  const raised = await snapshotOfPart(TOKEN_PARTS.raisedTokenVersions);
  const ids = people.map(({ userId }) => userId);
  const ours = raised.filter(({ key }) => ids.includes(key));
  expect(ours.map(({ key }) => key).sort()).toEqual(ids.filter((id) => id !== stale).sort());
  expect(ours.find(({ key }) => key === first)?.payload).toMatchObject({ tokenVersion: 2 });
  const granted = await snapshotOfPart(TOKEN_PARTS.grantedScopes);
  expect(granted.filter(({ key }) => key.startsWith(first)).map(({ payload }) => payload)).toEqual(
    ["more", "verified"].map((scope) => ({
      userId: first,
      scope,
      tokenVersion: 2,
      accessTokensEndBy: LATER,
    })),
  );
});

test("waiting until facts are published ends with their relay's work, and in time without it", async () => {
  const { log } = users.context();
  const { userId } = await users.join();
  await add(userId, "verified");
  // The control: nobody publishes.
  expect(await untilPublished(users.database, log, { atMostMs: 50 })).toBe(false);
  let relay: Relay | undefined;
  try {
    const waiting = untilPublished(users.database, log, { atMostMs: 15_000 });
    relay = startRelay({
      source: "users",
      databaseUrl: users.url,
      redisUrl: stack().urls.redis,
      redisPrefix: `issued-tokens-${newId()}`,
      log,
      snapshot: [],
    });
    expect(await waiting).toBe(true);
    const [left] = await users.sql(
      "select 1 from outbox, outbox_head where coalesce(outbox.position > published, true)",
    );
    expect(left).toBeUndefined();
    await add(userId, "more");
    expect(await untilPublished(users.database, log)).toBe(true);
  } finally {
    await relay?.stop();
  }
});

test("waiting never fails the request", async () => {
  const broken = { $queryRaw: () => Promise.reject(new Error("away")), $executeRaw: async () => 0 };
  expect(await untilPublished(broken, users.context().log)).toBe(false);
});
