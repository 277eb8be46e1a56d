// Passwords of people with a second factor: it is asked for before a change, it stands after a
// reset, and it goes where an address changes hands.
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { issueOnce } from "../../../subgraphs/users/accounts/once.ts";
import {
  changePassword,
  resetPassword,
} from "../../../subgraphs/users/accounts/passwords/actions.ts";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { type Enrolled, turnOn } from "./enrolled.ts";
import { as, openUsers, PASSWORD, type Users } from "./harness.ts";

const NEW = "seven purple kettles";
const ELEVEN_MINUTES_MS = 11 * 60_000;

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

async function enrolled(isVerified: boolean, now = new Date()): Promise<Enrolled> {
  const joined = await users.join("Ada", now);
  await users.sql("update credential set verified_at = $1 where user_id = $2", [
    isVerified ? now : null,
    joined.userId,
  ]);
  return turnOn(users, joined, now);
}

async function reset(personId: string): Promise<string> {
  const context = users.context();
  const { token } = await inTransaction(users.database, (tx) =>
    issueOnce(tx, context, { kind: "password.reset", personId }),
  );
  return (await resetPassword(context, { token, password: NEW })).kind;
}

const kindOfSignIn = async (email: string) =>
  (await signIn(users.context(), { email, password: NEW })).kind;

test("a change needs a session that has authenticated a moment ago", async () => {
  const earlier = new Date(Date.now() - ELEVEN_MINUTES_MS);
  const ada = await enrolled(true, earlier);
  const input = { currentPassword: PASSWORD, newPassword: NEW };
  expect(await changePassword(users.context(as(ada)), input)).toEqual({
    kind: "reauthenticate",
    hasSecondFactor: true,
  });
  const then = new Date(earlier.getTime() + 60_000);
  expect(await changePassword(users.context(as(ada), then), input)).toMatchObject({
    kind: "changed",
  });
});

test("after a reset the second factor is asked for as always", async () => {
  const ada = await enrolled(true);
  expect(await reset(ada.userId)).toBe("reset");
  expect(await kindOfSignIn(ada.email)).toBe("secondFactor");
});

test("whoever proves an address is not kept out by the second factor of another maker", async () => {
  const maker = await enrolled(false);
  expect(await reset(maker.userId)).toBe("reset");
  expect(await kindOfSignIn(maker.email)).toBe("signedIn");
});
