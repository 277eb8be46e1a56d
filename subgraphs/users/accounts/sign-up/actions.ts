// Signs people up.
import { inTransaction } from "#kit/data/database";
import type { Context } from "../../context.ts";
import { isReservedName } from "../../reserved-names.ts";
import { normalEmail } from "../addresses.ts";
import { EmailTaken, makeAccount } from "../new-accounts.ts";
import { judgePassword, normalPassword } from "../new-passwords.ts";
import type { WeakPassword } from "../passwords/rules.ts";
import { beginSession, type SignedIn } from "../signing-in.ts";
import { askToVerify } from "../verifications.ts";

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  /** A BCP 47 tag. */
  readonly language?: string | null | undefined;
  readonly deviceToken?: string | null | undefined;
}

export type SignUpOutcome =
  | SignedIn
  | { readonly kind: "emailTaken" }
  | { readonly kind: "reserved"; readonly displayName: string }
  | WeakPassword;

/**
 * Makes an account that claims its address, and its first session. Whoever has the address, the
 * answer is the same after the same statements and the same hash. Where addresses need no
 * confirmation, the account owns it at once: of many, one succeeds.
 */
export async function signUp(context: Context, given: SignUp): Promise<SignUpOutcome> {
  const { database, passwords } = context;
  const email = normalEmail(given.email);
  const password = normalPassword(given.password);
  const { displayName } = given;
  if (isReservedName(displayName)) return { kind: "reserved", displayName };
  const verdict = judgePassword({ email, displayName, password });
  if (verdict.kind === "weak") return verdict;

  const passwordHash = await passwords.hash(password);
  const createdAt = context.now();
  const isVerified = context.emailVerification === "off";
  const languages = Intl.getCanonicalLocales(given.language ?? []);
  const account = { email, passwordHash, displayName, languages, createdAt, isVerified };
  try {
    return await inTransaction(database, async (tx) => {
      const { personId, access } = await makeAccount(tx, account);
      if (!isVerified) await askToVerify(tx, context, { personId, email });
      return beginSession(tx, context, personId, access, given.deviceToken ?? null);
    });
  } catch (error) {
    if (error instanceof EmailTaken) return { kind: "emailTaken" };
    throw error;
  }
}
