// Strangers cannot lock an owner out: guesses of theirs do not count for a device that the owner
// has signed in on, and a stranger has no way to make a device count as the owner's.
import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../../kit/data/database.ts";
import { FREE_GUESSES } from "../../../subgraphs/users/accounts/attempts/rules.ts";
import { issueOnce } from "../../../subgraphs/users/accounts/once.ts";
import { resetPassword } from "../../../subgraphs/users/accounts/passwords/actions.ts";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { enter } from "./device-clients.ts";
import { anonymous, openUsers, PASSWORD, type Users } from "./harness.ts";

const start = new Date("2026-12-01T12:00:00Z");

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

interface Guess {
  readonly email: string;
  readonly password?: string;
  readonly deviceToken?: string | null;
  readonly afterMs?: number;
}

const attempt = ({ email, password = "a guess", deviceToken = null, afterMs = 0 }: Guess) =>
  signIn(users.context(anonymous, new Date(start.getTime() + afterMs)), {
    email,
    password,
    deviceToken,
  });

const owner = { password: PASSWORD };

/** 1,000 wrong guesses, some at once and some with long pauses. */
async function siege(email: string, deviceToken: string | null = null): Promise<number> {
  const waves = await Promise.all(
    Array.from({ length: 960 }, () => attempt({ email, deviceToken })),
  );
  for (let at = 1; at <= 40; at += 1) {
    waves.push(await attempt({ email, deviceToken, afterMs: at * 60_000 }));
  }
  return waves.filter(({ kind }) => kind === "invalid").length;
}

test("after 1,000 wrong guesses of a stranger, the owner signs in on a known device", async () => {
  const { email, deviceToken } = await users.join("Ada", start);
  const made = await siege(email);
  expect(made).toBeGreaterThan(FREE_GUESSES);
  expect(made).toBeLessThan(40);
  const afterMs = 40 * 60_000 + 1;
  expect((await attempt({ email, ...owner, deviceToken, afterMs })).kind).toBe("signedIn");
  // On a new device the owner waits at most 15 minutes, and can come in by mail meanwhile.
  expect(await attempt({ email, ...owner, afterMs })).toMatchObject({ kind: "tooManyAttempts" });
  const later = afterMs + 15 * 60_000;
  expect((await attempt({ email, ...owner, afterMs: later })).kind).toBe("signedIn");
}, 120_000);

test("an owner who came in by mail on a new device goes on with a password there", async () => {
  const { email, userId } = await users.join("Ada", start);
  await siege(email);
  const { deviceToken } = await enter(users, userId, { now: start });
  expect((await attempt({ email, ...owner, deviceToken })).kind).toBe("signedIn");
}, 120_000);

test("an owner who chose a new password by mail signs in with it where they did", async () => {
  const { email, userId } = await users.join("Ada", start);
  await siege(email);
  const context = users.context(anonymous, start);
  const { token } = await inTransaction(users.database, (tx) =>
    issueOnce(tx, context, { kind: "password.reset", personId: userId }),
  );
  const password = "seven purple kettles";
  const reset = await resetPassword(context, { token, password });
  if (reset.kind !== "reset") throw new Error(`not reset: ${reset.kind}`);
  const { deviceToken } = reset;
  expect((await attempt({ email, password })).kind).toBe("tooManyAttempts");
  expect((await attempt({ email, password, deviceToken })).kind).toBe("signedIn");
}, 120_000);

test("a known device has guesses of its own, and the right password begins them anew", async () => {
  const { email, deviceToken } = await users.join("Ada", start);
  for (let guess = 0; guess < FREE_GUESSES - 1; guess += 1) await attempt({ email, deviceToken });
  expect((await attempt({ email, ...owner, deviceToken })).kind).toBe("signedIn");
  for (let guess = 0; guess < FREE_GUESSES; guess += 1) {
    expect((await attempt({ email, deviceToken })).kind).toBe("invalid");
  }
  expect((await attempt({ email, deviceToken })).kind).toBe("tooManyAttempts");
  expect((await attempt({ email, ...owner })).kind).toBe("signedIn");
});

test("a device of the guesser's own, or one of a false claim on the address, is a stranger", async () => {
  const { email } = await users.join("Ada", start);
  const stranger = await users.join("Mallory", start);
  const claimant = await users.join("Mallory again", start);
  await users.sql("update credential set email = $1, verified_at = null where user_id = $2", [
    email,
    claimant.userId,
  ]);
  for (let guess = 0; guess < FREE_GUESSES; guess += 1) await attempt({ email });
  for (const { deviceToken } of [stranger, claimant]) {
    expect((await attempt({ email, deviceToken })).kind).toBe("tooManyAttempts");
  }
  // The same without an owner: or else a claim would tell whether there is one.
  await users.sql("delete from credential where email = $1 and verified_at is not null", [email]);
  expect((await attempt({ email, deviceToken: claimant.deviceToken })).kind).toBe(
    "tooManyAttempts",
  );
});
