// People with a second factor, over the actions of the harness.

import {
  answerSecondFactor,
  confirmTotp,
  enrollTotp,
} from "../../../subgraphs/users/accounts/second-factor/actions.ts";
import { signIn } from "../../../subgraphs/users/accounts/sessions/actions.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { codeAt } from "../../kit/authenticator.ts";
import { anonymous, as, PASSWORD, type Users } from "./harness.ts";

export interface Enrolled extends SignedIn {
  readonly email: string;
  /** In base 32. */
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

type Joined = SignedIn & { readonly email: string };

/** Gives a person a new secret. */
export async function enroll(users: Users, joined: Joined, now?: Date): Promise<string> {
  const outcome = await enrollTotp(users.context(as(joined), now));
  if (outcome.kind !== "enrolled") throw new Error(outcome.kind);
  return outcome.secret;
}

/** Turns the second factor of a person on, with the code of this instant. */
export async function turnOn(users: Users, joined: Joined, now = new Date()): Promise<Enrolled> {
  const secret = await enroll(users, joined, now);
  const outcome = await confirmTotp(users.context(as(joined), now), codeAt(secret, now));
  if (outcome.kind !== "on") throw new Error(outcome.kind);
  return { ...joined, secret, recoveryCodes: outcome.recoveryCodes };
}

/** The challenge of a person who has given the password. */
export async function challengeOf(users: Users, email: string, now?: Date): Promise<string> {
  const outcome = await signIn(users.context(anonymous, now), { email, password: PASSWORD });
  if (outcome.kind !== "secondFactor") throw new Error(outcome.kind);
  return outcome.challenge;
}

/** Answers a challenge anonymously. */
export function answer(users: Users, challenge: string, code: string, now?: Date) {
  return answerSecondFactor(users.context(anonymous, now), { challenge, code });
}
