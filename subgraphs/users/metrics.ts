// The acts of people in users, for Prometheus. Nothing is counted by person.
import { counter } from "#kit/telemetry/metrics";

export const accountsCreated = counter("users_accounts_created_total", "Accounts that were made.");

const signIns = counter(
  "users_sign_ins_total",
  "Attempts to begin or go on with a session, by what the person got.",
  ["method", "outcome"],
);

type SignInMethod = "password" | "magicLink" | "magicCode" | "secondFactor" | "refresh";

/** Counts the outcome of an attempt, and passes it on. */
export async function countSignIn<Outcome extends { readonly kind: string }>(
  method: SignInMethod,
  attempt: Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await attempt;
  signIns.inc({ method, outcome: outcome.kind });
  return outcome;
}
