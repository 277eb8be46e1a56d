// Makes accounts.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import type { Context } from "../../context.ts";
import type { Role } from "../../generated/prisma/enums.ts";
import { accountFact, profileFact, standingFact } from "../../integration.ts";
import { saveName } from "../../people/names/store.ts";
import { insertUser } from "../../people/profiles/store.ts";
import { isReservedName } from "../../reserved-names.ts";
import { normalEmail } from "../addresses.ts";
import { judgePassword, normalPassword } from "../new-passwords.ts";
import type { WeakPassword } from "../passwords/rules.ts";
import { insertGrants } from "../roles/store.ts";
import { insertCredential, isEmailTaken } from "../sessions/store.ts";
import { beginSession, type SignedIn } from "../signing-in.ts";

const FIRST_ROLES: readonly Role[] = ["USER", "ORGANIZER"];

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly deviceToken?: string | null | undefined;
}

export type SignUpOutcome =
  | SignedIn
  | { readonly kind: "emailTaken" }
  | { readonly kind: "reserved"; readonly displayName: string }
  | WeakPassword;

/** Rolls back the transaction of a new account whose address is taken. */
class EmailTaken extends Error {}

/** Makes an account and its first session. Of many at once with one address, one succeeds. */
export async function signUp(context: Context, given: SignUp): Promise<SignUpOutcome> {
  const { database, passwords } = context;
  const email = normalEmail(given.email);
  const password = normalPassword(given.password);
  const { displayName } = given;
  if (isReservedName(displayName)) return { kind: "reserved", displayName };
  const verdict = judgePassword({ email, displayName, password });
  if (verdict.kind === "weak") return verdict;
  if (await isEmailTaken(database, email)) return { kind: "emailTaken" };

  const passwordHash = await passwords.hash(password);
  const createdAt = context.now();
  const userId = newId();
  try {
    return await inTransaction(database, async (tx) => {
      const user = await insertUser(tx, { id: userId, displayName, createdAt });
      await saveName(tx, user, null, createdAt);
      const credential = { userId, email, passwordHash, verifiedAt: createdAt };
      if (!(await insertCredential(tx, credential))) throw new EmailTaken();
      await insertGrants(tx, userId, FIRST_ROLES, createdAt);
      const standing = standingFact({ id: userId, standing: "ACTIVE", standingVersion: 1 });
      await addToOutbox(tx, [accountFact(user), standing, profileFact(user)]);
      const access = {
        standing: "ACTIVE",
        tokenVersion: 0,
        isVerified: true,
        roles: FIRST_ROLES,
      } as const;
      return beginSession(tx, context, userId, access, given.deviceToken ?? null);
    });
  } catch (error) {
    if (error instanceof EmailTaken) return { kind: "emailTaken" };
    throw error;
  }
}
