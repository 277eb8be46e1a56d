// Changes of address, as people and their mails make them.
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { tokenIn, untilMail } from "../../kit/mailbox.ts";
import type { Person } from "../../kit/stories.ts";

interface Result {
  readonly __typename: string;
  readonly resetToken?: string;
}

export const CONFIRM = "Confirm your new e-mail address";
export const CHANGED = "Your e-mail address was changed";
export const newAddress = () => `${randomUUID()}@meetinity.test`;

export async function run(name: string, input: object, as?: string, router = 0): Promise<Result> {
  const options = { ...(as && { as }), router };
  const data = await dataOf<Record<string, Result>>(operation(name), { input }, options);
  return Object.values(data)[0] as Result;
}

export const change = (person: Person, newEmail: string) =>
  run("ChangeEmail", { newEmail }, person.token);
/** Takes a change back that waits. */
export const cancel = ({ token }: Person, router = 0) =>
  dataOf<{ cancelEmailChange: object }>(
    operation("CancelEmailChange"),
    {},
    { as: token, router },
  ).then(({ cancelEmailChange }) => cancelEmailChange);

/** The address that waits for its confirmation. */
export async function pendingOf({ token }: Person): Promise<string | null> {
  type Data = { readonly me: { readonly pendingEmail: string | null } };
  const { me } = await dataOf<Data>(operation("MyAddress"), {}, { as: token });
  return me.pendingEmail;
}

export const confirm = (token: string, router = 0) =>
  run("VerifyEmail", { token }, undefined, router);
export const undo = (token: string, router = 0) =>
  run("UndoEmailChange", { token }, undefined, router);
export const signIn = (email: string, password: string) => run("SignIn", { email, password });

export async function addressOf({ id }: Person): Promise<string> {
  const { rows } = await withDatabase("users", (client) =>
    client.query("select email from credential where user_id = $1", [id]),
  );
  return rows[0]?.email;
}

/** Changes an address. Returns the token that undoes it, from the last of so many mails. */
export async function changed(
  person: Person,
  from: string,
  to: string,
  mails = 1,
): Promise<string> {
  expect(await change(person, to)).toMatchObject({ isPending: true });
  const token = tokenIn(await untilMail(to, CONFIRM));
  expect(await confirm(token)).toMatchObject({ isNewlyVerified: true });
  return tokenIn(await untilMail(from, CHANGED, mails));
}
