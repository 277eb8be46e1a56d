// Changes of address: confirmed at the new one, told at the old one, and taken back before that.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { codeIn, mailsTo, tokenIn, untilMail } from "../../kit/mailbox.ts";
import { aNewcomer, aPerson } from "../../kit/stories.ts";
import {
  addressOf,
  CHANGED,
  CONFIRM,
  cancel,
  change,
  confirm,
  newAddress,
  pendingOf,
  run,
  signIn,
} from "./addresses.ts";

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
    expect(await confirm(first)).toMatchObject({ __typename: "InvalidVerificationProblem" });
    expect(await addressOf(ada)).toBe(ada.email);
  });

  test("is taken back: nothing waits, and neither its link nor its code works", async () => {
    const ada = await aPerson("Ada");
    const to = newAddress();
    await change(ada, to);
    const mail = await untilMail(to, CONFIRM);
    expect(await pendingOf(ada)).toBe(to);
    for (const router of [0, 1]) {
      expect(await cancel(ada, router)).toMatchObject({
        __typename: "CancelEmailChangeSuccess",
        viewer: { email: ada.email, pendingEmail: null },
      });
    }
    expect(await pendingOf(ada)).toBeNull();
    const invalid = { __typename: "InvalidVerificationProblem" };
    expect(await confirm(tokenIn(mail))).toMatchObject(invalid);
    const byCode = await run("VerifyEmailByCode", { code: codeIn(mail) }, ada.token);
    expect(byCode).toMatchObject(invalid);
    expect(await addressOf(ada)).toBe(ada.email);
    expect(await change(ada, to)).toMatchObject({ isPending: true });
    expect(await confirm(tokenIn(await untilMail(to, CONFIRM, 2)))).toMatchObject({
      isNewlyVerified: true,
    });
  });

  test("is either confirmed or taken back, if both are asked at once", async () => {
    const ada = await aPerson("Ada");
    const to = newAddress();
    await change(ada, to);
    const token = tokenIn(await untilMail(to, CONFIRM));
    const at = Array.from({ length: 10 }, (_, index) => index);
    const [confirmed] = await Promise.all([
      Promise.all(at.map((index) => confirm(token, index % 2))),
      Promise.all(at.map((index) => cancel(ada, index % 2))),
    ]);
    const firsts = confirmed.filter((each) => "isNewlyVerified" in each && each.isNewlyVerified);
    expect(await addressOf(ada)).toBe(firsts.length === 1 ? to : ada.email);
    expect(firsts.length).toBeLessThanOrEqual(1);
    expect(await pendingOf(ada)).toBeNull();
    // The later ones hear the state of the address.
    const others = confirmed.filter((each) => !firsts.includes(each));
    const kind = firsts.length === 1 ? "VerifyEmailSuccess" : "InvalidVerificationProblem";
    expect(new Set(others.map(({ __typename }) => __typename))).toEqual(new Set([kind]));
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
