// Refreshing behind one address: a venue full of phones stays signed in, and a client that tries
// made-up tokens is limited, also with real tokens among them.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { DEFAULT_RATES } from "../../router/limits/rates.ts";
import { operation } from "../../schema/operations.ts";
import {
  familyHash,
  newFamily,
  newRefreshToken,
  tokenHash,
} from "../../subgraphs/users/accounts/sessions/refresh-tokens.ts";
import { stack } from "../kit/stack.ts";
import { aPerson } from "../kit/stories.ts";
import { type CountingRouter, startCountingRouter } from "./routers.ts";

const ATTEMPTS = DEFAULT_RATES.credentialsByAddress.burst;
/** A small inflow, so that a slow machine has the same result. */
const RATE_LIMITS = JSON.stringify({ credentialsByAddress: { burst: ATTEMPTS, perMinute: 1 } });
const PHONES = 900;

let router: CountingRouter;
let userId: string;
beforeAll(async () => {
  const [started, person] = await Promise.all([
    startCountingRouter({ NODE_ENV: "production", TRUSTED_PROXIES: "loopback", RATE_LIMITS }),
    aPerson(),
  ]);
  router = started;
  userId = person.id;
});
afterAll(() => router?.stop());

/** A refresh token for each of `count` sessions of the person. */
async function signedIn(count: number): Promise<string[]> {
  const made = Array.from({ length: count }, () => {
    const family = newFamily(newId());
    return { family, token: newRefreshToken(family) };
  });
  const client = new pg.Client({ connectionString: stack().urls.databases.users });
  await client.connect();
  await client.query(
    `with made as (select * from unnest($2::uuid[], $3::bytea[], $4::bytea[]) as m(id, family, hash)),
     born as (
       insert into session (id, user_id, created_at, last_used_at, expires_at, family_hash)
       select id, $1, now(), now(), now() + interval '1 day', family from made
     )
     insert into refresh_token (hash, session_id, created_at) select hash, id, now() from made`,
    [
      userId,
      made.map(({ family }) => family.sessionId),
      made.map(({ family }) => familyHash(family)),
      made.map(({ token }) => tokenHash(token)),
    ],
  );
  await client.end();
  return made.map(({ token }) => token);
}

/** The outcome of a refresh: the type of its result, or the code of its error. */
async function refresh(refreshToken: string, forwardedFor: string): Promise<string> {
  const variables = { input: { refreshToken } };
  const response = await router.ask(operation("RefreshSession"), { variables, forwardedFor });
  const result = response.data?.refreshSession as { readonly __typename?: string } | undefined;
  return result?.__typename ?? response.code ?? "nothing";
}

const madeUp = () => newRefreshToken(newFamily(randomUUID()));

test(`${PHONES} phones behind one address refresh, hundreds at once, and none is locked out`, async () => {
  const phones = await signedIn(PHONES);
  // In groups that one machine can answer in time.
  for (let first = 0; first < PHONES; first += PHONES / 3) {
    const wave = phones.slice(first, first + PHONES / 3);
    const outcomes = await Promise.all(wave.map((token) => refresh(token, "203.0.113.1")));
    expect(new Set(outcomes)).toEqual(new Set(["RefreshSessionSuccess"]));
  }
});

test("made-up tokens use up the attempts of their address, and of no other address", async () => {
  const outcomes: string[] = [];
  for (let at = 0; at < ATTEMPTS * 2; at += 1)
    outcomes.push(await refresh(madeUp(), "203.0.113.2"));
  const tried = outcomes.filter((each) => each === "InvalidRefreshTokenProblem");
  expect(tried.length).toBeGreaterThanOrEqual(ATTEMPTS);
  expect(tried.length).toBeLessThan(ATTEMPTS * 1.5);
  expect(outcomes.at(-1)).toBe("RATE_LIMITED");
  expect(await refresh(madeUp(), "203.0.113.3")).toBe("InvalidRefreshTokenProblem");
});

test("real tokens among them refund no attempt", async () => {
  const real = await signedIn(ATTEMPTS * 2);
  const refused: string[] = [];
  for (const token of real) {
    await refresh(token, "203.0.113.4");
    refused.push(await refresh(madeUp(), "203.0.113.4"));
  }
  const tried = refused.filter((each) => each === "InvalidRefreshTokenProblem");
  expect(tried.length).toBeLessThan(ATTEMPTS * 1.5);
  expect(refused.at(-1)).toBe("RATE_LIMITED");
});

test("a success is distinguished from a refusal, even if the client selects nothing of the result", async () => {
  const phones = await signedIn(ATTEMPTS * 2);
  const query = `mutation ($token: String!) { refreshSession(input: { refreshToken: $token }) {
    ... on RefreshSessionSuccess { expiresAt } } }`;
  for (const token of phones) {
    const response = await router.ask(query, { variables: { token }, forwardedFor: "203.0.113.5" });
    expect(response.code).toBeUndefined();
  }
  expect(await refresh(madeUp(), "203.0.113.5")).toBe("InvalidRefreshTokenProblem");
});
