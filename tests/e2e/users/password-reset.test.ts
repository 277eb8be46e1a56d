// Choosing a new password by mail: a link works once, ends every session, and proves the address.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { lastOf, mailsTo, tokenIn, untilMails } from "../../kit/mailbox.ts";
import { aPerson, type Person } from "../../kit/stories.ts";

const NEW = "seven purple kettles";
const CROWD = 20;

interface Result {
  readonly __typename: string;
  readonly rule?: string;
  readonly email?: string;
}

async function request(email: string): Promise<unknown> {
  return dataOf(operation("RequestPasswordReset"), { input: { email } });
}

/** The token of the next link to a person, who has got `before` mails. */
async function tokenFor({ email }: Pick<Person, "email">, before = 0): Promise<string> {
  await request(email);
  const mails = await untilMails(email, before + 1);
  return tokenIn(lastOf(mails));
}

async function reset(token: string, password = NEW, router = 0): Promise<Result> {
  const input = { token, password };
  const data = await dataOf<{ resetPassword: Result }>(
    operation("ResetPassword"),
    { input },
    { router },
  );
  return data.resetPassword;
}

async function signIn(email: string, password: string): Promise<string> {
  const input = { email, password };
  const data = await dataOf<{ signIn: Result }>(operation("SignIn"), { input });
  return data.signIn.__typename;
}

async function refresh(refreshToken: string): Promise<string> {
  const input = { refreshToken };
  const data = await dataOf<{ refreshSession: Result }>(operation("RefreshSession"), { input });
  return data.refreshSession.__typename;
}

test("of many resets with one link at once, at two replicas, one succeeds", async () => {
  const ada = await aPerson("Ada");
  const token = await tokenFor(ada);
  const passwords = Array.from({ length: CROWD }, (_, index) => `${NEW} ${index}`);
  const results = await Promise.all(
    passwords.map((password, index) => reset(token, password, index % 2)),
  );
  const kinds = results.map(({ __typename }) => __typename).sort();
  expect(kinds).toEqual([
    ...Array(CROWD - 1).fill("InvalidResetTokenProblem"),
    "ResetPasswordSuccess",
  ]);
  const winner = results.findIndex(({ __typename }) => __typename === "ResetPasswordSuccess");
  expect(await signIn(ada.email, passwords[winner] ?? "")).toBe("SignInSuccess");
  const mails = await untilMails(ada.email, 2);
  expect(mails.map(({ subject }) => subject)).toEqual([
    "Choose a new password",
    "Your password was changed",
  ]);
});

test("a reset ends every session and the old password, and signs nobody in", async () => {
  const ada = await aPerson("Ada");
  const result = await reset(await tokenFor(ada));
  expect(result).toEqual({
    __typename: "ResetPasswordSuccess",
    email: ada.email,
    deviceToken: expect.stringMatching(/^[\w-]{43}$/),
  });
  expect(await refresh(ada.refreshToken)).toBe("InvalidRefreshTokenProblem");
  expect(await signIn(ada.email, ada.password)).toBe("InvalidCredentialsProblem");
  expect(await signIn(ada.email, NEW)).toBe("SignInSuccess");
});

test("a weak password does not use the link, and a used link ends earlier ones", async () => {
  const ada = await aPerson("Ada Lovelace");
  const first = await tokenFor(ada);
  const second = await tokenFor(ada, 1);
  for (const [password, rule] of [
    ["short", "TOO_SHORT"],
    ["password123", "COMMON"],
    ["lovelace1815", "PERSONAL"],
  ] as const) {
    expect(await reset(second, password)).toMatchObject({
      __typename: "WeakPasswordProblem",
      rule,
      minLength: 8,
    });
  }
  expect(await reset(second)).toMatchObject({ __typename: "ResetPasswordSuccess" });
  for (const token of [first, second]) {
    expect(await reset(token, "eight green lanterns")).toMatchObject({
      __typename: "InvalidResetTokenProblem",
    });
  }
  expect(await signIn(ada.email, NEW)).toBe("SignInSuccess");
});

test("a link is worth nothing after 30 minutes", async () => {
  const ada = await aPerson("Ada");
  const token = await tokenFor(ada);
  await withDatabase("users", (client) =>
    client.query(
      `update one_time set created_at = created_at - interval '30 minutes',
         expires_at = expires_at - interval '30 minutes'
       where person_id = $1 and kind = 'password.reset'`,
      [ada.id],
    ),
  );
  expect(await reset(token)).toMatchObject({ __typename: "InvalidResetTokenProblem" });
});

test("an unknown address gets the same answer and no mail", async () => {
  const stranger = `${randomUUID()}@meetinity.test`;
  const ada = await aPerson("Ada");
  const unknown = await request(stranger);
  expect(await request(ada.email)).toEqual(unknown);
  await untilMails(ada.email, 1);
  expect(await mailsTo(stranger)).toEqual([]);
});

test("a claimed address goes to whoever reads its mail, without what its maker had", async () => {
  const maker = await aPerson("Ada");
  await withDatabase("users", (client) =>
    client.query("update credential set verified_at = null where user_id = $1", [maker.id]),
  );
  expect(await reset(await tokenFor(maker))).toMatchObject({ __typename: "ResetPasswordSuccess" });
  expect(await refresh(maker.refreshToken)).toBe("InvalidRefreshTokenProblem");
  const { rows } = await withDatabase("users", (client) =>
    client.query("select verified_at from credential where user_id = $1", [maker.id]),
  );
  expect(rows[0].verified_at).not.toBeNull();
  expect(await signIn(maker.email, NEW)).toBe("SignInSuccess");
});

test("bad input names the field, and changes nothing", async () => {
  const input = (fields: object) => ({ input: { token: "t", password: NEW, ...fields } });
  expect(await refusalOf(operation("ResetPassword"), input({ token: "" }))).toMatchObject({
    code: "BAD_USER_INPUT",
    field: "input.token",
  });
  const long = input({ password: "x".repeat(257) });
  expect(await refusalOf(operation("ResetPassword"), long)).toMatchObject({
    code: "BAD_USER_INPUT",
    field: "input.password",
  });
  expect(
    await refusalOf(operation("RequestPasswordReset"), { input: { email: " " } }),
  ).toMatchObject({ code: "BAD_USER_INPUT", field: "input.email" });
});
