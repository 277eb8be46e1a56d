// Changing a password: the current one is needed, other sessions end, and nobody slips in with the
// old one at the same moment.
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { changePassword } from "../../../subgraphs/users/accounts/passwords/actions.ts";
import { holdPassword } from "../../../subgraphs/users/accounts/passwords/store.ts";
import { refreshSession, signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { as, openUsers, PASSWORD, type Users } from "./harness.ts";

const NEW = "seven purple kettles";
const CROWD = 20;
const LONG = "a long sentence with spaces, ".repeat(9).slice(0, 255).padEnd(256, "!");

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

const change = (who: SignedIn, currentPassword: string, newPassword = NEW) =>
  changePassword(users.context(as(who)), { currentPassword, newPassword });

async function signedIn(email: string, password = PASSWORD): Promise<SignedIn> {
  const outcome = await signIn(users.context(), { email, password });
  if (outcome.kind !== "signedIn") throw new Error(outcome.kind);
  return outcome;
}

async function openSessions(userId: string): Promise<number> {
  const [row] = await users.sql<{ count: number }>(
    "select count(*)::int as count from session where user_id = $1 and revoked_at is null",
    [userId],
  );
  return row?.count ?? 0;
}

test("a change ends all other sessions, and routers are told", async () => {
  const ada = await users.join("Ada");
  await signedIn(ada.email);
  await signedIn(ada.email);
  expect(await change(ada, PASSWORD)).toEqual({ kind: "changed", sessionsEnded: 2 });
  expect(await openSessions(ada.userId)).toBe(1);
  const facts = await users.sql<{ payload: { userId: string } }>(
    "select payload from outbox where topic = 'users.session.ended.v1'",
  );
  expect(facts.filter(({ payload }) => payload.userId === ada.userId)).toHaveLength(2);
  const kept = await refreshSession(users.context(), ada.refreshToken);
  expect(kept.kind).toBe("signedIn");
  const mails = await users.sql("select from job where kind = 'mail' and payload ->> 'mail' = $1", [
    "password.changed",
  ]);
  expect(mails).toHaveLength(1);
});

test("a wrong current password changes nothing", async () => {
  const ada = await users.join("Ada");
  expect(await change(ada, "wrong")).toEqual({ kind: "wrong" });
  expect((await signedIn(ada.email)).userId).toBe(ada.userId);
});

test("wrong current passwords of one session are slowed down, and of others not", async () => {
  const ada = await users.join("Ada");
  const other = await signedIn(ada.email);
  const kinds: string[] = [];
  for (let guess = 0; guess < 12; guess += 1) kinds.push((await change(ada, "wrong")).kind);
  expect(kinds.slice(0, 10)).toEqual(Array(10).fill("wrong"));
  expect(kinds.at(-1)).toBe("tooManyAttempts");
  expect(await change(ada, PASSWORD)).toMatchObject({ kind: "tooManyAttempts" });
  expect(await change(other, PASSWORD)).toMatchObject({ kind: "changed" });
});

test("a weak, a personal and the same password are refused by name", async () => {
  const ada = await users.join("Ada Lovelace");
  for (const [password, rule] of [
    ["password123", "COMMON"],
    ["Lovelace 1815", "PERSONAL"],
    [PASSWORD, "UNCHANGED"],
  ] as const) {
    expect(await change(ada, PASSWORD, password)).toMatchObject({ kind: "weak", rule });
  }
  await users.sql("update person set headline = 'Mathematician' where id = $1", [ada.userId]);
  expect(await change(ada, PASSWORD, "mathematician!")).toMatchObject({ rule: "PERSONAL" });
  expect((await signedIn(ada.email)).userId).toBe(ada.userId);
});

test("of many changes at once with the same current password, one counts", async () => {
  const ada = await users.join("Ada");
  const passwords = Array.from({ length: CROWD }, (_, index) => `${NEW} ${index}`);
  const outcomes = await Promise.all(passwords.map((each) => change(ada, PASSWORD, each)));
  const changed = outcomes.flatMap(({ kind }, index) => (kind === "changed" ? [index] : []));
  expect(changed).toHaveLength(1);
  expect((await signedIn(ada.email, passwords[changed[0] ?? -1])).userId).toBe(ada.userId);
});

test("passwords may have every script, spaces at their ends, and 256 characters", async () => {
  const ada = await users.join("Ada");
  let current = PASSWORD;
  for (const next of ["  бабушка печёт пироги  ", "🦊🐻🐼🐨🦁🐯🐮🐷", LONG]) {
    expect(await change(ada, current, next)).toMatchObject({ kind: "changed" });
    current = next;
    expect((await signedIn(ada.email, current)).userId).toBe(ada.userId);
    const other = next.startsWith(" ") ? next.trim() : `${next} `.slice(-256);
    const refused = await signIn(users.context(), { email: ada.email, password: other });
    expect(refused.kind).toBe("invalid");
  }
});

test("whoever signs in with the old password during a change has no session after it", async () => {
  const ada = await users.join("Ada");
  const [stored] = await users.sql<{ hash: string }>(
    "select password_hash as hash from credential where user_id = $1",
    [ada.userId],
  );
  const old = stored?.hash ?? "";
  // A sign-in that has checked the password, and not begun its session, when the change commits.
  const begun: Promise<boolean>[] = [];
  await inTransaction(users.database, async (tx) => {
    await tx.credential.update({
      where: { userId: ada.userId },
      data: { passwordHash: old.replace(/.{4}$/, "AAAA") },
    });
    begun.push(inTransaction(users.database, (other) => holdPassword(other, ada.userId, old)));
  });
  expect(await Promise.all(begun)).toEqual([false]);
});
