// Asks for mails to sign in with, as a person does, and uses what is in them.
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { codeIn, lastOf, tokenIn, untilMails } from "../../kit/mailbox.ts";

export interface Result {
  readonly __typename: string;
  readonly attempt?: string;
  readonly attemptsLeft?: number;
  readonly viewer?: { readonly id: string };
}

export async function request(email: string, attempt?: string): Promise<Result> {
  const input = { email, ...(attempt && { attempt }) };
  const data = await dataOf<{ requestMagicLink: Result }>(operation("RequestMagicLink"), { input });
  return data.requestMagicLink;
}

/** The parts of a request for a link: the attempt here, the rest by mail. */
export async function asked(email: string, { before = 0, attempt: earlier = "" } = {}) {
  const { attempt = "" } = await request(email, earlier);
  const mail = lastOf(await untilMails(email, before + 1));
  return { attempt, token: tokenIn(mail), code: codeIn(mail) };
}

export async function byLink(token: string, attempt: string, router = 0): Promise<Result> {
  const variables = { input: { token, attempt } };
  const data = await dataOf<{ signInWithMagicLink: Result }>(
    operation("SignInWithMagicLink"),
    variables,
    { router },
  );
  return data.signInWithMagicLink;
}

export async function byCode(code: string, attempt: string, router = 0): Promise<Result> {
  const variables = { input: { code, attempt } };
  const data = await dataOf<{ signInWithMagicCode: Result }>(
    operation("SignInWithMagicCode"),
    variables,
    { router },
  );
  return data.signInWithMagicCode;
}

/** Another code than this one. */
export const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
