// Step-up: a session counts as authenticated for ten minutes, from its beginning or from the last
// right proof, and only that session.
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import type { Identity } from "../../../kit/trust/identity.ts";
import { operation } from "../../../schema/operations.ts";
import { endSessions } from "../../../subgraphs/users/accounts/endings.ts";
import { reauthenticate } from "../../../subgraphs/users/accounts/reauthentication/actions.ts";
import { judgeRecentAuthentication } from "../../../subgraphs/users/accounts/recent-authentication.ts";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { anonymous, as, openUsers, PASSWORD, serve, type Users } from "./harness.ts";

const BEGAN = new Date("2030-01-01T12:00:00Z");
const minutes = (count: number) => new Date(BEGAN.getTime() + count * 60_000);
const NEEDED = { kind: "reauthenticate", hasSecondFactor: false };

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

/** The refusal of an action at this time; null if it may go on. */
function judge(identity: Identity, now: Date) {
  return inTransaction(users.database, (tx) =>
    judgeRecentAuthentication(tx, users.context(identity, now)),
  );
}

test("a session that began less than ten minutes ago has authenticated", async () => {
  const ada = as(await users.join("Ada", BEGAN));
  expect(await judge(ada, minutes(0))).toBeNull();
  expect(await judge(ada, minutes(9.99))).toBeNull();
  expect(await judge(ada, minutes(10))).toEqual(NEEDED);
});

test("the password renews it for ten minutes, for this session only", async () => {
  const { email, ...joined } = await users.join("Ada", BEGAN);
  const other = await signIn(users.context(anonymous, BEGAN), { email, password: PASSWORD });
  if (other.kind !== "signedIn") throw new Error(other.kind);
  const proof = { password: PASSWORD, code: null };
  expect(await reauthenticate(users.context(as(joined), minutes(60)), proof)).toEqual({
    kind: "authenticated",
    expiresAt: minutes(70),
  });
  expect(await judge(as(joined), minutes(69))).toBeNull();
  expect(await judge(as(joined), minutes(70))).toEqual(NEEDED);
  expect(await judge(as(other), minutes(69))).toEqual(NEEDED);
});

test("a wrong password changes nothing", async () => {
  const ada = as(await users.join("Ada", BEGAN));
  for (const password of ["", "wrong", `${PASSWORD} `]) {
    const outcome = await reauthenticate(users.context(ada, minutes(60)), { password, code: null });
    expect(outcome).toEqual({ kind: "wrongPassword" });
  }
  expect(await judge(ada, minutes(60))).toEqual(NEEDED);
});

test("a session of an earlier version authenticated when it began", async () => {
  const joined = await users.join("Ada", BEGAN);
  await users.sql("update session set authenticated_at = null where user_id = $1", [joined.userId]);
  expect(await judge(as(joined), minutes(9))).toBeNull();
  expect(await judge(as(joined), minutes(10))).toEqual(NEEDED);
});

test("an ended session has not authenticated, and cannot", async () => {
  const joined = await users.join("Ada", BEGAN);
  await inTransaction(users.database, (tx) =>
    endSessions(tx, { userId: joined.userId }, minutes(1)),
  );
  expect(await judge(as(joined), minutes(2))).toEqual(NEEDED);
  const proof = { password: PASSWORD, code: null };
  await expect(reauthenticate(users.context(as(joined), minutes(2)), proof)).rejects.toMatchObject({
    extensions: { code: "UNAUTHENTICATED" },
  });
});

test("the mutation answers with the time or the reason, and repeats no secret", async () => {
  const served = await serve(users);
  const ada = as(await users.join("Ada"));
  const ask = async (input: object, identity = ada) =>
    served.ask(identity, operation("Reauthenticate"), { input });
  expect(await ask({ password: PASSWORD })).toMatchObject({
    data: { reauthenticate: { __typename: "ReauthenticateSuccess" } },
  });
  expect(await ask({ password: "wrong" })).toMatchObject({
    data: {
      reauthenticate: { __typename: "WrongPasswordProblem", reason: "The password is wrong." },
    },
  });
  const long = await ask({ password: "secret".repeat(50) });
  expect(long.errors?.[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    field: "input.password",
  });
  expect(JSON.stringify(long)).not.toContain("secretsecret");
  expect((await ask({ password: PASSWORD }, anonymous as Identity)).errors).toMatchObject([
    { extensions: { code: "UNAUTHENTICATED" } },
  ]);
  await served.stop();
});
