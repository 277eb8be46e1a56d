// Refresh tokens that were never issued are refused, and do not harm the session whose id they
// have.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import {
  type RefreshOutcome,
  signOut,
} from "../../../subgraphs/users/accounts/sessions/actions.ts";
import {
  familyOf,
  newFamily,
  newRefreshToken,
} from "../../../subgraphs/users/accounts/sessions/refresh-tokens.ts";
import { as, openUsers, type Users } from "./harness.ts";
import { liveTokens, refresh, start, successorOf } from "./refreshes.ts";

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

test("a token that was never issued is refused", async () => {
  const never = [
    "",
    "x",
    "a".repeat(512),
    "'; drop table session; --",
    newRefreshToken(newFamily(newId())),
  ];
  for (const token of never) expect(await successorOf(users, token)).toBe("invalid");
});

/** Tokens that can be made with the id of a session only. */
function madeUp(sessionId: string): string[] {
  const id = Buffer.from(sessionId.replaceAll("-", ""), "hex");
  return [
    ...[32, 48, 80].map((n) => Buffer.concat([id, randomBytes(n)]).toString("base64url")),
    newRefreshToken(newFamily(sessionId)),
  ];
}

test("a made-up token with the id of a real session does not end the session", async () => {
  const ada = await users.join("Ada", start);
  const { sessionId } = familyOf(ada.refreshToken) ?? { sessionId: "" };
  for (const token of madeUp(sessionId))
    expect(await successorOf(users, token, 60)).toBe("invalid");
  const second = await successorOf(users, ada.refreshToken, 60);
  for (const token of madeUp(sessionId))
    expect(await successorOf(users, token, 90)).toBe("invalid");
  expect(await successorOf(users, second, 120)).not.toBe("invalid");
});

test("a made-up token gets the same answer and statements, whether its session is active or not", async () => {
  const [living, ended] = [await users.join("Ada", start), await users.join("Grace", start)];
  await signOut(users.context(as(ended), start));
  const ids = [living, ended].map(({ refreshToken }) => familyOf(refreshToken)?.sessionId ?? "");
  const seen: { outcome: RefreshOutcome; statements: string[] }[] = [];
  for (const id of [...ids, newId()]) {
    users.statements();
    const outcome = await refresh(users, newRefreshToken(newFamily(id)), 60);
    seen.push({ outcome, statements: users.statements() });
  }
  expect(seen).toEqual([seen[0], seen[0], seen[0]]);
  expect(seen[0]).toMatchObject({ outcome: { kind: "invalid" }, statements: [{}, {}] });
});

test("a session from before token families refuses made-up tokens and goes on", async () => {
  const ada = await users.join("Ada", start);
  const { sessionId } = familyOf(ada.refreshToken) ?? { sessionId: "" };
  await users.sql("update session set family_hash = null where id = $1", [sessionId]);
  for (const token of madeUp(sessionId))
    expect(await successorOf(users, token, 60)).toBe("invalid");
  expect(await liveTokens(users, ada.userId)).toBe(1);
});

test("a damaged token is refused, and the session goes on", async () => {
  const { refreshToken } = await users.join("Ada", start);
  for (const damaged of [`${refreshToken}\n`, `"${refreshToken}"`, refreshToken.slice(0, -1)]) {
    expect(await successorOf(users, damaged)).toBe("invalid");
  }
  expect(await successorOf(users, refreshToken)).not.toBe("invalid");
});
