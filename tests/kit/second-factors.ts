// People with a second factor, turned on through the API.
import { operation } from "../../schema/operations.ts";
import { codeAt } from "./authenticator.ts";
import { dataOf } from "./client.ts";
import type { Person } from "./stories.ts";

/** Gives a person a new secret, in base 32. */
export async function enrollPerson({ token }: Pick<Person, "token">): Promise<string> {
  type Data = { enrollTotp: { __typename: string; secret?: string } };
  const { enrollTotp } = await dataOf<Data>(operation("EnrollTotp"), {}, { as: token });
  if (!enrollTotp.secret) throw new Error(`not enrolled: ${enrollTotp.__typename}`);
  return enrollTotp.secret;
}

/** Turns the second factor of a person on, and returns their recovery codes. */
export async function turnOnSecondFactor(person: Pick<Person, "token">): Promise<string[]> {
  const input = { code: codeAt(await enrollPerson(person), new Date()) };
  type Data = { confirmTotp: { __typename: string; recoveryCodes?: string[] } };
  const { confirmTotp } = await dataOf<Data>(
    operation("ConfirmTotp"),
    { input },
    { as: person.token },
  );
  if (!confirmTotp.recoveryCodes) throw new Error(`not on: ${confirmTotp.__typename}`);
  return confirmTotp.recoveryCodes;
}

/** The challenge of a person who has given the password. */
export async function challengeOfPerson({
  email,
  password,
}: Pick<Person, "email" | "password">): Promise<string> {
  type Data = { signIn: { __typename: string; challenge?: string } };
  const { signIn } = await dataOf<Data>(operation("SignIn"), { input: { email, password } });
  if (!signIn.challenge) throw new Error(`no challenge: ${signIn.__typename}`);
  return signIn.challenge;
}
