// The journey of an account: signing up, a profile, refreshing, roles and signing out, with the
// shipped operations.
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { graphqlUrl, stack } from "../../kit/stack.ts";
import { aPerson, type Person } from "../../kit/stories.ts";

interface Result {
  readonly __typename: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly expiresIn?: number;
}

/** Runs a shipped mutation and returns its result. */
async function run(name: string, input: object, as?: string): Promise<Result> {
  const data = await dataOf<Record<string, Result>>(operation(name), { input }, { as });
  const [result] = Object.values(data);
  if (!result) throw new Error(`${name} returned nothing`);
  return result;
}

function refresh(refreshToken = ""): Promise<Result> {
  return run("RefreshSession", { refreshToken });
}

/** The viewer of a token. */
async function me(as: string | undefined): Promise<Record<string, unknown> | null> {
  return (await dataOf<{ me: Record<string, unknown> | null }>(operation("Me"), {}, { as })).me;
}

test("signing up also signs in, and the token verifies with the published keys", async () => {
  const ada = await aPerson("Ada Lovelace");
  expect(await me(ada.token)).toEqual({
    id: ada.id,
    displayName: "Ada Lovelace",
    headline: null,
    email: ada.email,
    isEmailVerified: true,
    roles: ["USER", "ORGANIZER"],
  });
  const keys = createRemoteJWKSet(new URL("/.well-known/jwks.json", graphqlUrl()));
  const { payload } = await jwtVerify(ada.token, keys, {
    issuer: "meetinity",
    audience: "meetinity",
  });
  expect(payload.sub).toBe(ada.id);
});

test("problems of signing up and in say what to do", async () => {
  const { email, password } = await aPerson();
  const applicant = { email, password, displayName: "Somebody else" };
  const fresh = `${randomUUID()}@meetinity.test`;
  const results = [
    await run("SignUp", { ...applicant, email: fresh, password: "short" }),
    await run("SignIn", { email, password: "wrong" }),
    await run("SignIn", { email: fresh, password }),
    await run("SignIn", { email, password }),
  ];
  expect(results.map(({ __typename }) => __typename)).toEqual([
    "WeakPasswordProblem",
    "InvalidCredentialsProblem",
    "InvalidCredentialsProblem",
    "SignInSuccess",
  ]);
  expect(results[0]).toMatchObject({ minLength: 8 });
});

test("others read a person's profile, and not the e-mail address", async () => {
  const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
  const profile = { headline: "Analyst", skills: ["Mathematics"], intents: ["MENTOR"] };
  await run("UpdateProfile", profile, ada.token);
  const read = (as: Person) => dataOf(operation("UserProfile"), { id: ada.id }, { as: as.token });
  expect(await read(grace)).toMatchObject({ user: { ...profile, email: null } });
  expect(await read(ada)).toMatchObject({ user: { ...profile, email: ada.email } });
});

test("without a user token, nothing of people is readable", async () => {
  const ada = await aPerson();
  expect(await me(undefined)).toBeNull();
  const asked = [
    refusalOf(operation("UserProfile"), { id: ada.id }),
    refusalOf(operation("SearchUsers"), {}),
    refusalOf(operation("UpdateProfile"), { input: { bio: "x" } }),
    refusalOf(operation("SignOut"), {}),
  ];
  for (const { code } of await Promise.all(asked)) expect(code).toBe("UNAUTHENTICATED");
});

test("a session goes on by refreshing, survives a lost answer, and ends with signing out", async () => {
  const ada = await aPerson();
  const [next, again] = await Promise.all([refresh(ada.refreshToken), refresh(ada.refreshToken)]);
  expect(next.__typename).toBe("RefreshSessionSuccess");
  expect(again.refreshToken).toBe(next.refreshToken);
  const { exp = 0, iat = 0 } = decodeJwt(next.accessToken ?? "");
  expect(next.expiresIn).toBe(exp - iat);
  expect(await me(next.accessToken)).toMatchObject({ id: ada.id });
  await dataOf(operation("SignOut"), {}, { as: next.accessToken });
  for (const token of [ada.refreshToken, next.refreshToken]) {
    expect((await refresh(token)).__typename).toBe("InvalidRefreshTokenProblem");
  }
});

/** Runs the operators' command on the stack's database, and returns its output. */
async function grant(email: string, role: string): Promise<string> {
  const args = ["--import", "tsx", "subgraphs/users/accounts/roles/grant.ts", email, role];
  const env = { ...process.env, DATABASE_URL_USERS: stack().urls.databases.users };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout;
}

test("the command makes the first admin, who grants roles to others", async () => {
  const [admin, ada] = [await aPerson("Alma"), await aPerson("Ada")];
  const change = { userId: ada.id, role: "MODERATOR" };
  const early = await refusalOf(operation("GrantRole"), { input: change }, { as: admin.token });
  expect(early.code).toBe("FORBIDDEN");

  expect(await grant(admin.email, "ADMIN")).toContain("has ADMIN");
  await expect(grant("nobody@x.test", "ADMIN")).rejects.toThrow("Nobody has the address");
  await expect(grant(admin.email, "KING")).rejects.toThrow("Usage:");
  const { accessToken } = await refresh(admin.refreshToken);
  expect((await run("GrantRole", change, accessToken)).__typename).toBe("GrantRoleSuccess");

  const renewed = await refresh(ada.refreshToken);
  expect(await me(renewed.accessToken)).toMatchObject({
    roles: ["USER", "ORGANIZER", "MODERATOR"],
  });
  const unknown = { input: { ...change, userId: "x" } };
  const lost = await refusalOf(operation("GrantRole"), unknown, { as: accessToken });
  expect(lost).toMatchObject({ code: "NOT_FOUND", field: "input.userId", received: "x" });
});

test.each([
  ["SignUp", { email: "ada", password: "long enough", displayName: "A" }, "input.email"],
  ["SignUp", { email: "a@b.test", password: "long enough", displayName: " " }, "input.displayName"],
  ["SignUp", { email: "a@b.test", password: "x".repeat(257), displayName: "A" }, "input.password"],
  ["SignIn", { email: "", password: "x" }, "input.email"],
  ["SignIn", { email: "a@b.test", password: "a\0b" }, "input.password"],
  ["RefreshSession", { refreshToken: "x".repeat(513) }, "input.refreshToken"],
])("%s refuses %o and names the field", async (name, input, field) => {
  expect(await refusalOf(operation(name), { input })).toMatchObject({
    code: "BAD_USER_INPUT",
    field,
  });
});
