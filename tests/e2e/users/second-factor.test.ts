// The second factor: turned on by a code, asked for at every sign-in, each code once.
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { adopt } from "../../../subgraphs/users/accounts/adoption.ts";
import { reauthenticate } from "../../../subgraphs/users/accounts/reauthentication/actions.ts";
import { judgeRecentAuthentication } from "../../../subgraphs/users/accounts/recent-authentication.ts";
import {
  confirmTotp,
  disableTotp,
  enrollTotp,
  renewRecoveryCodes,
} from "../../../subgraphs/users/accounts/second-factor/actions.ts";
import { refreshSession, signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { codeAt } from "../../kit/authenticator.ts";
import { answer, challengeOf, enroll, turnOn } from "./enrolled.ts";
import { anonymous, as, openUsers, PASSWORD, type Users } from "./harness.ts";

const BEGAN = new Date("2030-01-01T12:00:00Z");
/** Seconds later. */
const at = (seconds: number) => new Date(BEGAN.getTime() + seconds * 1_000);

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

const ended = { kind: "ended" };
const wrong = (attemptsLeft: number) => ({ kind: "wrong", attemptsLeft });
const signedIn = { kind: "signedIn" };

/** The names of the mails to a person about their second factor, in order. */
async function mailsOf(userId: string): Promise<string[]> {
  const rows = await users.sql<{ mail: string }>(
    `select payload->>'mail' as mail from job
     where kind = 'mail' and payload->>'personId' = $1 and payload->>'mail' ~ 'second|recovery'
     order by ordinal`,
    [userId],
  );
  return rows.map(({ mail }) => mail);
}

test("it is off until a code shows that the app has the secret", async () => {
  const ada = await users.join("Ada", BEGAN);
  const secret = await enroll(users, ada, at(0));
  const credentials = { email: ada.email, password: PASSWORD };
  expect(await signIn(users.context(anonymous, at(1)), credentials)).toMatchObject(signedIn);
  for (const code of [
    "",
    "000000",
    codeAt(secret, at(-90)),
    codeAt(secret, at(90)),
    "abcde-fghjk",
  ]) {
    const outcome = await confirmTotp(users.context(as(ada), at(2)), code);
    expect(outcome).toEqual({ kind: "wrong" });
  }
  expect(await signIn(users.context(anonymous, at(3)), credentials)).toMatchObject(signedIn);
  const outcome = await confirmTotp(users.context(as(ada), at(4)), codeAt(secret, at(4)));
  expect(outcome).toMatchObject({ kind: "on" });
  expect(await signIn(users.context(anonymous, at(5)), credentials)).toMatchObject({
    kind: "secondFactor",
  });
  expect(await mailsOf(ada.userId)).toEqual(["second-factor.on"]);
});

test("a secret that waited 30 minutes, or was replaced, cannot be confirmed", async () => {
  const ada = await users.join("Ada", BEGAN);
  const first = await enroll(users, ada, at(0));
  const second = await enroll(users, ada, at(1));
  const confirm = (secret: string, now: Date) =>
    confirmTotp(users.context(as(ada), now), codeAt(secret, now));
  expect(await confirm(first, at(2))).toEqual({ kind: "wrong" });
  expect(await confirm(second, at(1_801))).toEqual({ kind: "notPending" });
  const grace = await users.join("Grace", BEGAN);
  expect(await confirmTotp(users.context(as(grace), at(0)), "123456")).toEqual({
    kind: "notPending",
  });
});

test("turning it on ends the other sessions, and this one goes on", async () => {
  const ada = await users.join("Ada", BEGAN);
  const credentials = { email: ada.email, password: PASSWORD };
  const other = await signIn(users.context(anonymous, BEGAN), credentials);
  if (other.kind !== "signedIn") throw new Error(other.kind);
  await turnOn(users, ada, at(1));
  expect(await refreshSession(users.context(anonymous, at(2)), other.refreshToken)).toEqual({
    kind: "invalid",
  });
  expect(await refreshSession(users.context(anonymous, at(2)), ada.refreshToken)).toMatchObject(
    signedIn,
  );
});

test("a password alone gives a challenge, and nothing else", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const sessions = () => users.sql("select id from session where user_id = $1", [ada.userId]);
  const before = await sessions();
  const credentials = { email: ada.email, password: PASSWORD };
  const outcome = await signIn(users.context(anonymous, at(60)), credentials);
  expect(Object.keys(outcome).sort()).toEqual(["challenge", "expiresAt", "kind"]);
  expect(await sessions()).toEqual(before);
});

test("a code of the app or a recovery code signs in, each once", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const [recovery = ""] = ada.recoveryCodes;
  const answered = async (code: string, now: Date) =>
    answer(users, await challengeOf(users, ada.email, now), code, now);
  // The code that turned it on is used up too.
  expect(await answered(codeAt(ada.secret, at(0)), at(20))).toEqual(wrong(4));
  const code = codeAt(ada.secret, at(60));
  expect(await answered(code, at(60))).toMatchObject(signedIn);
  expect(await answered(code, at(61))).toEqual(wrong(4));
  // An earlier code in the window counts no more.
  expect(await answered(codeAt(ada.secret, at(30)), at(61))).toEqual(wrong(4));
  expect(await answered(codeAt(ada.secret, at(90)), at(61))).toMatchObject(signedIn);
  expect(await answered(recovery.toUpperCase(), at(62))).toMatchObject(signedIn);
  expect(await answered(recovery, at(62))).toEqual(wrong(4));
  expect(await mailsOf(ada.userId)).toEqual(["second-factor.on", "recovery-code.used"]);
});

test("a challenge takes five tries, and counts each", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const challenge = await challengeOf(users, ada.email, at(60));
  for (const left of [4, 3, 2, 1, 0]) {
    expect(await answer(users, challenge, "000000", at(60))).toEqual(wrong(left));
  }
  const right = codeAt(ada.secret, at(60));
  expect(await answer(users, challenge, right, at(60))).toEqual(ended);
  const next = await challengeOf(users, ada.email, at(60));
  expect(await answer(users, next, right, at(60))).toMatchObject(signedIn);
});

test("a failure of the server spends no try", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const challenge = await challengeOf(users, ada.email, at(60));
  await users.sql("alter table recovery_code rename to lost");
  for (let time = 0; time < 6; time += 1) {
    await expect(answer(users, challenge, "01ab2-cd3ef", at(60))).rejects.toThrow();
  }
  await users.sql("alter table lost rename to recovery_code");
  expect(await answer(users, challenge, "000000", at(60))).toEqual(wrong(4));
});

test("a challenge ends with its time, its use, and all sessions of its person", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const late = await challengeOf(users, ada.email, at(60));
  expect(await answer(users, late, codeAt(ada.secret, at(660)), at(660))).toEqual(ended);
  const used = await challengeOf(users, ada.email, at(700));
  expect(await answer(users, used, codeAt(ada.secret, at(700)), at(700))).toMatchObject(signedIn);
  expect(await answer(users, used, codeAt(ada.secret, at(760)), at(760))).toEqual(ended);
  for (const made of ["", "x", "a".repeat(43)]) {
    expect(await answer(users, made, codeAt(ada.secret, at(760)), at(760))).toEqual(ended);
  }
});

test("nobody who is suspended gets in by a challenge", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const challenge = await challengeOf(users, ada.email, at(60));
  await users.sql("update person set standing = 'SUSPENDED' where id = $1", [ada.userId]);
  const outcome = await answer(users, challenge, codeAt(ada.secret, at(60)), at(60));
  expect(outcome.kind).not.toBe("signedIn");
});

test("each change needs a session that has just authenticated, with a code", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const later = (seconds: number) => users.context(as(ada), at(600 + seconds));
  const needed = { kind: "reauthenticate", hasSecondFactor: true };
  for (const work of [enrollTotp, disableTotp, renewRecoveryCodes]) {
    expect(await work(later(0))).toEqual(needed);
  }
  const proof = { password: PASSWORD, code: codeAt(ada.secret, at(600)) };
  expect(await reauthenticate(later(0), { ...proof, code: null })).toEqual({ kind: "wrongCode" });
  expect(await reauthenticate(later(0), { ...proof, password: "x" })).toEqual({
    kind: "wrongPassword",
  });
  expect(await reauthenticate(later(0), proof)).toMatchObject({ kind: "authenticated" });
  expect(await reauthenticate(later(1), proof)).toEqual({ kind: "wrongCode" });
  expect(
    await inTransaction(users.database, (tx) => judgeRecentAuthentication(tx, later(2))),
  ).toBeNull();
  expect(await renewRecoveryCodes(later(3))).toMatchObject({ kind: "renewed" });
  expect(await disableTotp(later(4))).toEqual({ kind: "off" });
  expect(await mailsOf(ada.userId)).toEqual([
    "second-factor.on",
    "recovery-codes.renewed",
    "second-factor.off",
  ]);
});

test("new recovery codes make the earlier ones void", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const renewed = await renewRecoveryCodes(users.context(as(ada), at(1)));
  if (renewed.kind !== "renewed") throw new Error(renewed.kind);
  const [old = ""] = ada.recoveryCodes;
  const [fresh = ""] = renewed.recoveryCodes;
  const challenge = await challengeOf(users, ada.email, at(60));
  expect(await answer(users, challenge, old, at(60))).toEqual(wrong(4));
  expect(await answer(users, challenge, fresh, at(60))).toMatchObject(signedIn);
});

test("another app replaces the first, whose codes and recovery codes become void", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const moved = await turnOn(users, ada, at(90));
  const challenge = await challengeOf(users, ada.email, at(180));
  expect(await answer(users, challenge, codeAt(ada.secret, at(180)), at(180))).toEqual(wrong(4));
  expect(await answer(users, challenge, ada.recoveryCodes[0] ?? "", at(180))).toEqual(wrong(3));
  expect(await answer(users, challenge, codeAt(moved.secret, at(180)), at(180))).toMatchObject(
    signedIn,
  );
});

test("off means off: a password is enough again, and a challenge that waits is void", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const challenge = await challengeOf(users, ada.email, at(60));
  expect(await disableTotp(users.context(as(ada), at(61)))).toEqual({ kind: "off" });
  expect(await disableTotp(users.context(as(ada), at(62)))).toEqual({ kind: "off" });
  expect(await renewRecoveryCodes(users.context(as(ada), at(63)))).toEqual({ kind: "off" });
  expect(await answer(users, challenge, codeAt(ada.secret, at(64)), at(64))).toEqual(ended);
  const credentials = { email: ada.email, password: PASSWORD };
  expect(await signIn(users.context(anonymous, at(65)), credentials)).toMatchObject(signedIn);
});

test("whoever proves a claimed address gets the account without its maker's second factor", async () => {
  const maker = await turnOn(users, await users.join("Maker", BEGAN), at(0));
  await users.sql("update credential set verified_at = null where user_id = $1", [maker.userId]);
  const outcome = await inTransaction(users.database, (tx) =>
    adopt(tx, users.context(anonymous, at(60)), maker.userId),
  );
  expect(outcome).toBe("adopted");
  const rows = await users.sql("select from second_factor where person_id = $1", [maker.userId]);
  expect(rows).toEqual([]);
});

test("the database has neither secret nor recovery codes", async () => {
  const ada = await turnOn(users, await users.join("Ada", BEGAN), at(0));
  const rows = await users.sql<{ row: string }>(
    `select to_jsonb(second_factor)::text as row from second_factor
     union all select to_jsonb(recovery_code)::text from recovery_code
     union all select to_jsonb(job)::text from job`,
  );
  const stored = rows.map(({ row }) => row).join("\n");

  for (const secret of [ada.secret, ...ada.recoveryCodes, ...ada.recoveryCodes.map(plain)]) {
    expect(stored).not.toContain(secret);
  }
});

const plain = (code: string) => code.replace("-", "");
