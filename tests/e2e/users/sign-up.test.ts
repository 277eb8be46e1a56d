// Signing up and in: one account for an address, and no answer reveals which addresses have one.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hash, verify } from "../../../subgraphs/users/accounts/argon2.ts";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import { type SignUpOutcome, signUp } from "../../../subgraphs/users/accounts/sign-up/actions.ts";
import { as, openUsers, PASSWORD, type Users } from "./harness.ts";

// The real module, with its calls counted.
vi.mock("../../../subgraphs/users/accounts/argon2.ts", { spy: true });

const SCOPES = ["profile:write", "registrations:write", "messages:write", "events:write"];

let users: Users;
beforeAll(async () => {
  users = await openUsers();
});
afterAll(() => users.close());

/** Twelve sign-ups with one address at once, where addresses need no confirmation, or do. */
function crowdSigningUp(
  address: string,
  emailVerification: "required" | "off",
): Promise<SignUpOutcome[]> {
  return Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      signUp(
        { ...users.context(), emailVerification },
        {
          email: index % 2 === 0 ? address : ` ${address.toUpperCase()} `,
          password: PASSWORD,
          displayName: `Ada ${index}`,
        },
      ),
    ),
  );
}

async function accountsOf(address: string): Promise<number> {
  const found = await users.sql("select from credential where email = $1", [address]);
  return found.length;
}

test("of many sign-ups with one address at once, each makes an account that claims it", async () => {
  const outcomes = await crowdSigningUp("claimed@meetinity.test", "required");
  expect(outcomes.map(({ kind }) => kind)).toEqual(Array(12).fill("signedIn"));
  expect(await accountsOf("claimed@meetinity.test")).toBe(12);
  expect(await users.sql("select from credential where verified_at is not null")).toEqual([]);
});

test("without confirmation exactly one of them succeeds", async () => {
  const people = () => users.sql("select from person").then((rows) => rows.length);
  const before = await people();
  const outcomes = await crowdSigningUp("crowd@meetinity.test", "off");
  const kinds = outcomes.map(({ kind }) => kind).sort();
  expect(kinds).toEqual([...Array(11).fill("emailTaken"), "signedIn"]);
  expect(await people()).toBe(before + 1);
});

test("without the guard the same sign-ups make twelve owners", async () => {
  await users.sql("drop index credential_owner_key");
  await crowdSigningUp("naive@meetinity.test", "off");
  expect(await accountsOf("naive@meetinity.test")).toBe(12);
  await users.sql("delete from person using credential where id = user_id and email = $1", [
    "naive@meetinity.test",
  ]);
  await users.sql(
    "create unique index credential_owner_key on credential(email) where verified_at is not null",
  );
});

test("whoever has the address, signing up takes the same statements and hashes", async () => {
  const { email } = await users.join("Ada");
  const owned = await signingUp(email);
  expect(owned).toMatchObject({ kind: "signedIn", hashes: 1 });
  expect(await signingUp("nobody@meetinity.test")).toEqual(owned);
  expect(await signingUp("nobody@meetinity.test")).toEqual(owned);
});

/** The answer to a sign-up, and the work that it takes. */
async function signingUp(email: string) {
  users.statements();
  vi.mocked(hash).mockClear();
  const given = { email, password: PASSWORD, displayName: "Ada" };
  const { kind } = await signUp(users.context(), given);
  return { kind, statements: users.statements(), hashes: vi.mocked(hash).mock.calls.length };
}

test("a new account has the roles user and organizer, also in its tokens", async () => {
  const joined = await users.join("Ada");
  expect(as(joined)).toMatchObject({
    kind: "viewer",
    viewer: {
      id: joined.userId,
      roles: ["USER", "ORGANIZER"],
      scopes: [...SCOPES, "verified"],
    },
  });
});

test("one whose address is not confirmed may do no more than look round", async () => {
  const email = "new@meetinity.test";
  const joined = await signUp(users.context(), { email, password: PASSWORD, displayName: "Ada" });
  if (joined.kind !== "signedIn") throw new Error(joined.kind);
  expect(as(joined)).toMatchObject({ viewer: { scopes: SCOPES } });
  const [person] = await users.sql("select standing from person where id = $1", [joined.userId]);
  expect(person).toEqual({ standing: "UNVERIFIED" });
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
  expect(outcomes).toEqual(Array(3).fill(expect.objectContaining({ kind: "signedIn", userId })));
});

test("a refusal takes two hashes, whoever owns or claims the address", async () => {
  const owned = await users.join("Ada");
  const wrong = await attempt(owned.email, "wrong");
  expect(wrong).toMatchObject({ kind: "invalid", hashes: 2 });
  expect(await attempt("unknown@meetinity.test", "wrong")).toEqual(wrong);
  await claim("claim@meetinity.test", PASSWORD);
  expect(await attempt("claim@meetinity.test", "wrong")).toEqual(wrong);
  await claim(owned.email, PASSWORD);
  expect(await attempt(owned.email, "wrong")).toEqual(wrong);
});

test("the owner of an address goes first, then the newest claim, which takes two hashes", async () => {
  const { email, userId } = await users.join("Ada");
  await claim(email, "the first claim's password");
  const newest = await claim(email, "the second claim's password");
  expect(await attempt(email, PASSWORD)).toMatchObject({ userId, hashes: 1 });
  expect(await attempt(email, "the first claim's password")).toMatchObject({ kind: "invalid" });
  const claimed = await attempt(email, "the second claim's password");
  expect(claimed).toMatchObject({ userId: newest, hashes: 2 });
  await claim("alone@meetinity.test", PASSWORD);
  const alone = await attempt("alone@meetinity.test", PASSWORD);
  expect(alone).toMatchObject({ hashes: 2, statements: claimed.statements });
});

/** An account that claims an address. */
async function claim(email: string, password: string): Promise<string> {
  const outcome = await signUp(users.context(), { email, password, displayName: "Mallory" });
  if (outcome.kind !== "signedIn") throw new Error(outcome.kind);
  return outcome.userId;
}

/** The answer to an attempt to sign in, and the work that it takes. */
async function attempt(email: string, password: string) {
  users.statements();
  vi.mocked(verify).mockClear();
  const { kind, ...signedIn } = await signIn(users.context(), { email, password });
  const hashes = vi.mocked(verify).mock.calls.length;
  const userId = "userId" in signedIn ? signedIn.userId : null;
  return { kind, userId, statements: users.statements(), hashes };
}

test("no password is stored as plain text", async () => {
  await users.join("Ada");
  const stored = JSON.stringify(await users.sql("select * from credential"));
  expect(stored).not.toContain(PASSWORD);
  await expect(
    users.sql("update credential set email = 'x@example.com', password_hash = 'plain'"),
  ).rejects.toThrow("credential_password_hash_check");
});
