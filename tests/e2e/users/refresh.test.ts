// Refresh tokens: each has one successor, a lost answer can be repeated, and theft ends the
// session.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signIn, signOut } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { cleaningOfSessions } from "../../../subgraphs/users/accounts/sessions/jobs.ts";
import {
  newFamily,
  newRefreshToken,
  sealSuccessor,
  tokenHash,
} from "../../../subgraphs/users/accounts/sessions/refresh-tokens.ts";
import { as, openUsers, PASSWORD, type Users } from "./harness.ts";
import { after, liveTokens, refresh, start, successorOf } from "./refreshes.ts";

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

const DAY_SECONDS = 86_400;

test("many exchanges of one token at once all get the same successor", async () => {
  const { userId, refreshToken } = await users.join("Ada", start);
  const successors = await Promise.all(
    Array.from({ length: 20 }, () => successorOf(users, refreshToken)),
  );
  expect(new Set(successors).size).toBe(1);
  expect(successors[0]).not.toBe("invalid");
  expect(await liveTokens(users, userId)).toBe(1);
});

test("without the guard the same exchanges fork the session", async () => {
  await users.sql("drop index refresh_token_live_key");
  const naive = await users.join("Ada", start);
  await exchangeNaively(naive.refreshToken, 5);
  expect(await liveTokens(users, naive.userId)).toBe(5);

  const guarded = await users.join("Ada", start);
  await Promise.all(Array.from({ length: 5 }, () => successorOf(users, guarded.refreshToken)));
  expect(await liveTokens(users, guarded.userId)).toBe(1);

  await users.sql("delete from session where user_id = $1", [naive.userId]);
  await users.sql(
    'create unique index "refresh_token_live_key" on refresh_token(session_id) where rotated_at is null',
  );
});

test("besides the guard, the database refuses a second successor", async () => {
  const { userId, refreshToken } = await users.join("Ada", start);
  const outcomes = await exchangeNaively(refreshToken, 5);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await liveTokens(users, userId)).toBe(1);
});

/** Exchanges without the guard: all read first, and then all write. */
async function exchangeNaively(token: string, crowd: number) {
  const hash = tokenHash(token);
  const looked = await Promise.all(
    Array.from({ length: crowd }, () =>
      users.sql<{ id: string }>(
        "select session_id as id from refresh_token where hash = $1 and rotated_at is null",
        [hash],
      ),
    ),
  );
  return Promise.allSettled(
    looked.map(([row]) => {
      const successor = newRefreshToken(newFamily(row?.id ?? ""));
      return users.sql(
        `with used as (
           update refresh_token set rotated_at = $2, sealed_successor = $3 where hash = $1
           returning session_id
         ) insert into refresh_token (hash, session_id, created_at)
         select $4, session_id, $2 from used where session_id = $5`,
        [hash, start, sealSuccessor(token, successor), tokenHash(successor), row?.id],
      );
    }),
  );
}

test("a repeated exchange gets the same bytes for 20 seconds", async () => {
  const { refreshToken } = await users.join("Ada", start);
  const successor = await successorOf(users, refreshToken, 10);
  expect(await successorOf(users, refreshToken, 10)).toBe(successor);
  expect(await successorOf(users, refreshToken, 30)).toBe(successor);
});

test("a token reused later ends the session for thief and owner", async () => {
  const { userId, refreshToken } = await users.join("Ada", start);
  const successor = await successorOf(users, refreshToken, 10);
  expect(await successorOf(users, refreshToken, 30.001)).toBe("invalid");
  expect(await successorOf(users, successor, 31)).toBe("invalid");
  expect(await successorOf(users, refreshToken, 12)).toBe("invalid");
  expect(await liveTokens(users, userId)).toBe(0);
});

test("another session of the same person lives on", async () => {
  const ada = await users.join("Ada", start);
  const grace = await users.join("Grace", start);
  await successorOf(users, ada.refreshToken);
  await successorOf(users, ada.refreshToken, 60);
  expect(await successorOf(users, grace.refreshToken, 60)).not.toBe("invalid");
});

test("a session that is unused for 30 days has ended", async () => {
  const { refreshToken } = await users.join("Ada", start);
  const second = await successorOf(users, refreshToken, 29 * DAY_SECONDS);
  const third = await successorOf(users, second, 58 * DAY_SECONDS);
  expect(third).not.toBe("invalid");
  expect(await successorOf(users, third, 88 * DAY_SECONDS)).toBe("invalid");
});

test("a session ends after 90 days even if it is used, and its access tokens expire with it", async () => {
  const ada = await users.join("Ada", start);
  let token = ada.refreshToken;
  for (const day of [25, 50, 75]) token = await successorOf(users, token, day * DAY_SECONDS);
  const last = await refresh(users, token, 90 * DAY_SECONDS - 60);
  expect(last).toMatchObject({ access: { expiresAt: after(90 * DAY_SECONDS) } });
  const lastToken = last.kind === "signedIn" ? last.refreshToken : "";
  expect(await successorOf(users, lastToken, 90 * DAY_SECONDS)).toBe("invalid");
});

test("signing out ends the session, also for a running exchange", async () => {
  const ada = await users.join("Ada", start);
  const out = users.context(as(ada), start);
  const [successor] = await Promise.all([successorOf(users, ada.refreshToken), signOut(out)]);
  expect(await successorOf(users, ada.refreshToken, 1)).toBe("invalid");
  expect(await successorOf(users, successor, 1)).toBe("invalid");
  expect(await liveTokens(users, ada.userId)).toBe(0);
});

test("an exchange takes one statement, and the token is not stored", async () => {
  const { refreshToken } = await users.join("Ada", start);
  users.statements();
  const successor = await successorOf(users, refreshToken);
  const sent = users.statements();
  expect(sent.filter((statement) => statement.includes("users.token."))).toHaveLength(1);
  expect(sent).toHaveLength(2);
  const stored = JSON.stringify(await users.sql("select * from refresh_token"));
  for (const token of [refreshToken, successor]) {
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(Buffer.from(token, "base64url").toString("hex"));
  }
});

test("a session stores only its last tokens, and still detects theft by older ones", async () => {
  const { userId, refreshToken } = await users.join("Ada", start);
  const tokens = [refreshToken];
  for (const minute of [15, 30, 45, 60]) {
    tokens.push(await successorOf(users, tokens.at(-1) ?? "", minute * 60));
  }
  const kept = await users.sql(
    "select from refresh_token join session on session.id = session_id where user_id = $1",
    [userId],
  );
  expect(kept).toHaveLength(2);
  expect(await successorOf(users, refreshToken, 3_660)).toBe("invalid");
  expect(await successorOf(users, tokens.at(-1) ?? "", 3_661)).toBe("invalid");
});

test("a session is deleted a week after its end, with its tokens, and no other is", async () => {
  const { email, userId } = await users.join("Ada", start);
  await signIn(users.context(undefined, after(89 * DAY_SECONDS)), { email, password: PASSWORD });
  const left = async (seconds: number) => {
    const job = cleaningOfSessions(users.database, () => after(seconds));
    await job.run(new AbortController().signal);
    const tokens = "select session_id from refresh_token join session on session.id = session_id";
    return (await users.sql(`${tokens} where user_id = $1`, [userId])).length;
  };
  expect(await left(97 * DAY_SECONDS)).toBe(2);
  expect(await left(97 * DAY_SECONDS + 1)).toBe(1);
});

interface ModelToken {
  readonly text: string;
  exchangedAt: number | null;
  successor: string | null;
}

test("at any time and with any number of exchanges, a session never forks, and theft ends it", async () => {
  const step = fc.oneof(
    fc.record({ wait: fc.integer({ min: 1, max: 30 }) }),
    fc.record({ use: fc.nat({ max: 9 }), times: fc.integer({ min: 1, max: 4 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 15 }), async (steps) => {
      const { userId, refreshToken } = await users.join("Ada", start);
      const tokens: ModelToken[] = [{ text: refreshToken, exchangedAt: null, successor: null }];
      let seconds = 0;
      let isRevoked = false;
      for (const each of steps) {
        if ("wait" in each) {
          seconds += each.wait;
          continue;
        }
        const token = tokens[each.use % tokens.length];
        if (!token) continue;
        const got = await Promise.all(
          Array.from({ length: each.times }, () => successorOf(users, token.text, seconds)),
        );
        const isReused = token.exchangedAt !== null && seconds - token.exchangedAt > 20;
        isRevoked ||= isReused;
        if (token.exchangedAt === null && !isRevoked) {
          token.exchangedAt = seconds;
          token.successor = got[0] ?? null;
          tokens.push({ text: got[0] ?? "", exchangedAt: null, successor: null });
        }
        expect(new Set(got)).toEqual(new Set([isRevoked ? "invalid" : token.successor]));
        expect(await liveTokens(users, userId)).toBe(isRevoked ? 0 : 1);
      }
    }),
    { numRuns: 25 },
  );
});
