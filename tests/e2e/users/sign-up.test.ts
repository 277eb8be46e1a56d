// Signing up and in: one account for an address, and no answer reveals which addresses have one.
import { verify } from "@node-rs/argon2";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { type SignUpOutcome, signUp } from "../../../subgraphs/users/accounts/sign-up/actions.ts";
import { as, openUsers, PASSWORD, type Users } from "./harness.ts";

// The real module, with its calls counted.
vi.mock("@node-rs/argon2", { spy: true });

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

function crowdSigningUp(address: string, crowd: number): Promise<SignUpOutcome[]> {
  return Promise.all(
    Array.from({ length: crowd }, (_, index) =>
      signUp(users.context(), {
        email: index % 2 === 0 ? address : ` ${address.toUpperCase()} `,
        password: PASSWORD,
        displayName: `Ada ${index}`,
      }),
    ),
  );
}

async function accountsOf(address: string): Promise<number> {
  const found = await users.sql("select from credential where email = $1", [address]);
  return found.length;
}

test("of many sign-ups with one address at once, exactly one succeeds", async () => {
  const [before] = await users.sql<{ people: number }>(
    "select count(*)::int as people from person",
  );
  const outcomes = await crowdSigningUp("crowd@meetinity.test", 12);
  const kinds = outcomes.map(({ kind }) => kind).sort();
  expect(kinds).toEqual([...Array(11).fill("emailTaken"), "signedIn"]);
  const [after] = await users.sql<{ people: number }>("select count(*)::int as people from person");
  expect(after?.people).toBe((before?.people ?? 0) + 1);
});

test("without the guard the same sign-ups make twelve accounts", async () => {
  await users.sql("drop index credential_email_key");
  await crowdSigningUp("naive@meetinity.test", 12);
  expect(await accountsOf("naive@meetinity.test")).toBe(12);
  await users.sql("delete from person using credential where id = user_id and email = $1", [
    "naive@meetinity.test",
  ]);
  await users.sql('create unique index "credential_email_key" on credential(email)');
});

test("a new account has the roles user and organizer, also in its tokens", async () => {
  const joined = await users.join("Ada");
  expect(as(joined)).toMatchObject({
    kind: "viewer",
    viewer: {
      id: joined.userId,
      roles: ["USER", "ORGANIZER"],
      scopes: ["profile:write", "registrations:write", "messages:write", "events:write"],
    },
  });
});

test("a weak password creates no account", async () => {
  const email = "weak@meetinity.test";
  const outcome = await signUp(users.context(), { email, password: email, displayName: "Ada" });
  expect(outcome).toMatchObject({ kind: "weak", minLength: 8 });
  expect(await accountsOf(email)).toBe(0);
});

test("signing in ignores the case of the address, and starts a new session each time", async () => {
  const { email, userId } = await users.join("Ada");
  const outcomes = await Promise.all(
    [email, email.toUpperCase(), ` ${email} `].map((address) =>
      signIn(users.context(), { email: address, password: PASSWORD }),
    ),
  );
  const tokens = outcomes.map((each) => (each.kind === "signedIn" ? each.refreshToken : each.kind));
  expect(new Set(tokens).size).toBe(3);
  expect(outcomes.every((each) => each.kind === "signedIn" && each.userId === userId)).toBe(true);
});

test("a wrong password and an unknown address get the same answer after the same work", async () => {
  const { email } = await users.join("Ada");
  const wrong = await attempt(email);
  expect(wrong).toMatchObject({ outcome: { kind: "invalid" }, hashes: 1 });
  expect(await attempt("nobody@meetinity.test")).toEqual(wrong);
});

/** The answer to an attempt with a wrong password, and the work that it takes. */
async function attempt(email: string) {
  users.statements();
  vi.mocked(verify).mockClear();
  const outcome = await signIn(users.context(), { email, password: "wrong" });
  return { outcome, statements: users.statements(), hashes: vi.mocked(verify).mock.calls.length };
}

test("no password is stored as plain text", async () => {
  await users.join("Ada");
  const stored = JSON.stringify(await users.sql("select * from credential"));
  expect(stored).not.toContain(PASSWORD);
  await expect(users.sql("update credential set password_hash = 'plain'")).rejects.toThrow(
    "credential_password_hash_check",
  );
});
