// Changes of address: confirmed at the new one, told at the old one, and undone from there when
// somebody else has made them.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { codeIn, mailsTo, tokenIn, untilMail } from "../../kit/mailbox.ts";
import { aNewcomer, aPerson, type Person } from "../../kit/stories.ts";

interface Result {
  readonly __typename: string;
  readonly resetToken?: string;
}

const CONFIRM = "Confirm your new e-mail address";
const CHANGED = "Your e-mail address was changed";
const newAddress = () => `${randomUUID()}@meetinity.test`;

async function run(name: string, input: object, as?: string, router = 0): Promise<Result> {
  const options = { ...(as && { as }), router };
  const data = await dataOf<Record<string, Result>>(operation(name), { input }, options);
  return Object.values(data)[0] as Result;
}

const change = (person: Person, newEmail: string) => run("ChangeEmail", { newEmail }, person.token);
const confirm = (token: string, router = 0) => run("VerifyEmail", { token }, undefined, router);
const undo = (token: string, router = 0) => run("UndoEmailChange", { token }, undefined, router);
const signIn = (email: string, password: string) => run("SignIn", { email, password });

async function addressOf({ id }: Person): Promise<string> {
  const { rows } = await withDatabase("users", (client) =>
    client.query("select email from credential where user_id = $1", [id]),
  );
  return rows[0]?.email;
}

/** Changes an address. Returns the token that undoes it, from the last of so many mails. */
async function changed(person: Person, from: string, to: string, mails = 1): Promise<string> {
  expect(await change(person, to)).toMatchObject({ isPending: true });
  const token = tokenIn(await untilMail(to, CONFIRM));
  expect(await confirm(token)).toMatchObject({ isNewlyVerified: true });
  return tokenIn(await untilMail(from, CHANGED, mails));
}

describe("a change of address", () => {
  test("waits for the new address, and is told at the old one", async () => {
    const ada = await aPerson("Ada");
    const to = newAddress();
    expect(await change(ada, ` ${to.toUpperCase()} `)).toEqual({
      __typename: "ChangeEmailSuccess",
      newEmail: to,
      isPending: true,
    });
    const { me } = await dataOf<{ me: object }>(operation("MyAddress"), {}, { as: ada.token });
    expect(me).toMatchObject({ email: ada.email, pendingEmail: to });
    const input = { code: codeIn(await untilMail(to, CONFIRM)) };
    expect(await run("VerifyEmailByCode", input, ada.token)).toMatchObject({
      isNewlyVerified: true,
    });
    expect((await untilMail(ada.email, CHANGED)).text).toContain(to);
    expect(await signIn(ada.email, ada.password)).toMatchObject({
      __typename: "InvalidCredentialsProblem",
    });
    expect(await signIn(to, ada.password)).toMatchObject({ __typename: "SignInSuccess" });
  });

  test("to an address that has an owner is answered alike, and cannot be confirmed", async () => {
    const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
    const free = newAddress();
    const { __typename, ...fields } = await change(ada, grace.email);
    expect({ __typename, ...fields }).toEqual({
      ...(await change(ada, free)),
      newEmail: grace.email,
    });
    await untilMail(grace.email, "You have an account already");
    const subjects = (await mailsTo(grace.email)).map(({ subject }) => subject);
    expect(subjects).not.toContain(CONFIRM);
    expect(await addressOf(ada)).toBe(ada.email);
  });

  test("that is asked for again replaces the one before", async () => {
    const ada = await aPerson("Ada");
    const [one, other] = [newAddress(), newAddress()];
    await change(ada, one);
    const first = tokenIn(await untilMail(one, CONFIRM));
    await change(ada, other);
    expect(await confirm(first)).toMatchObject({ __typename: "VerifyEmailSuccess" });
    expect(await addressOf(ada)).toBe(ada.email);
  });

  test("happens once, and one of many accounts gets the address, at once", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => aPerson("Ada")));
    const to = newAddress();
    await Promise.all(people.slice(0, 5).map((person) => change(person, to)));
    await untilMail(to, CONFIRM, 5);
    const tokens = (await mailsTo(to)).map(tokenIn);
    const results = await Promise.all(
      tokens.flatMap((token) => [0, 1, 0, 1].map((router) => confirm(token, router))),
    );
    const firsts = results.filter((each) => "isNewlyVerified" in each && each.isNewlyVerified);
    expect(firsts).toHaveLength(1);
    const { rows } = await withDatabase("users", (client) =>
      client.query("select from credential where email = $1", [to]),
    );
    expect(rows).toHaveLength(1);
  });

  test("needs a session that has authenticated lately, and another address", async () => {
    const ada = await aPerson("Ada");
    expect(await change(ada, ada.email)).toMatchObject({ __typename: "EmailUnchangedProblem" });
    await withDatabase("users", (client) =>
      client.query(
        "update session set authenticated_at = now() - interval '11 minutes' where user_id = $1",
        [ada.id],
      ),
    );
    expect(await change(ada, newAddress())).toMatchObject({
      __typename: "ReauthenticationRequiredProblem",
    });
  });

  test("to something that is no address names the field, and what arrived", async () => {
    const ada = await aPerson("Ada");
    const variables = { input: { newEmail: "ada at x.test" } };
    const refusal = await refusalOf(operation("ChangeEmail"), variables, { as: ada.token });
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field: "input.newEmail" });
    expect(refusal.received).toBe("ada at x.test");
  });

  test("of an address that was never confirmed takes effect at once", async () => {
    const ada = await aNewcomer("Ada");
    const to = newAddress();
    const old = tokenIn(await untilMail(ada.email, "Confirm your e-mail address"));
    expect(await change(ada, to)).toMatchObject({ isPending: false });
    expect(await confirm(old)).toMatchObject({ __typename: "InvalidVerificationProblem" });
    const token = tokenIn(await untilMail(to, "Confirm your e-mail address"));
    expect(await confirm(token)).toMatchObject({ isNewlyVerified: true });
    expect(await addressOf(ada)).toBe(to);
  });
});

describe("undoing a change", () => {
  test("gives the address back, ends sessions and password, and lets the owner set one", async () => {
    const ada = await aPerson("Ada");
    const to = newAddress();
    const token = await changed(ada, ada.email, to);
    await withDatabase("users", (client) =>
      client.query(
        "insert into second_factor (person_id, secret, enabled_at) values ($1, 'sealed', now())",
        [ada.id],
      ),
    );
    const undone = await undo(token);
    expect(undone).toMatchObject({ __typename: "UndoEmailChangeSuccess", email: ada.email });
    const { refreshToken } = ada;
    expect(await run("RefreshSession", { refreshToken })).toMatchObject({
      __typename: "InvalidRefreshTokenProblem",
    });
    for (const email of [ada.email, to]) {
      expect(await signIn(email, ada.password)).toMatchObject({
        __typename: "InvalidCredentialsProblem",
      });
    }
    // Without the second factor of the intruder, the owner signs in below.
    const password = "a new horse with another battery";
    expect(await run("ResetPassword", { token: undone.resetToken, password })).toMatchObject({
      __typename: "ResetPasswordSuccess",
    });
    expect(await signIn(ada.email, password)).toMatchObject({ __typename: "SignInSuccess" });
    expect(await undo(token)).toMatchObject({ __typename: "InvalidVerificationProblem" });
  });

  test("of two in a row returns to the address before, and ends later links", async () => {
    const ada = await aPerson("Ada");
    const [b, c] = [newAddress(), newAddress()];
    const first = await changed(ada, ada.email, b);
    const second = await changed(ada, b, c);
    expect(await undo(first)).toMatchObject({ email: ada.email });
    expect(await undo(second)).toMatchObject({ __typename: "InvalidVerificationProblem" });
    expect(await addressOf(ada)).toBe(ada.email);
  });

  test("of the second leaves the first one to be undone", async () => {
    const ada = await aPerson("Ada");
    const [b, c] = [newAddress(), newAddress()];
    const first = await changed(ada, ada.email, b);
    expect(await undo(await changed(ada, b, c))).toMatchObject({ email: b });
    expect(await undo(first)).toMatchObject({ email: ada.email });
  });

  test("is refused when somebody else owns the address by now, and the link stays", async () => {
    const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
    const token = await changed(ada, ada.email, newAddress());
    await changed(grace, grace.email, ada.email);
    expect(await undo(token)).toMatchObject({ __typename: "EmailOwnedProblem" });
    await changed(grace, ada.email, newAddress(), 2);
    expect(await undo(token)).toMatchObject({ __typename: "UndoEmailChangeSuccess" });
  });

  test("happens once, however often the link is clicked at once", async () => {
    const ada = await aPerson("Ada");
    const token = await changed(ada, ada.email, newAddress());
    const results = await Promise.all(Array.from({ length: 20 }, (_, at) => undo(token, at % 2)));
    const kinds = results.map(({ __typename }) => __typename).toSorted();
    expect(kinds).toEqual([
      ...Array(19).fill("InvalidVerificationProblem"),
      "UndoEmailChangeSuccess",
    ]);
  });
});
