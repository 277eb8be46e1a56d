// Makes accounts, for sign-up and for operators.

import { afterCommit } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import type { Transaction } from "../database.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { accountFact, profileFact, standingFact } from "../integration.ts";
import { accountsCreated } from "../metrics.ts";
import { saveName } from "../people/names/store.ts";
import { insertUser } from "../people/profiles/store.ts";
import { insertGrants } from "./roles/store.ts";
import { insertCredential } from "./sessions/store.ts";
import type { Access } from "./standing/store.ts";

const FIRST_ROLES: readonly Role[] = ["USER", "ORGANIZER"];

export interface NewAccount {
  /** Normalized. */
  readonly email: string;
  readonly passwordHash: string;
  readonly displayName: string;
  /** In which they read; in the order of the person's preference. */
  readonly languages: readonly string[];
  readonly createdAt: Date;
  /** Whether it owns its address at once. Otherwise it claims it. */
  readonly isVerified: boolean;
}

export interface MadeAccount {
  readonly personId: string;
  readonly access: Access;
}

/** Ends the transaction of an account that cannot own its address. */
export class EmailTaken extends Error {}

/** Throws `EmailTaken` when it is to own its address and another account does. */
export async function makeAccount(
  tx: Transaction,
  { email, passwordHash, displayName, languages, createdAt, isVerified }: NewAccount,
): Promise<MadeAccount> {
  const id = newId();
  const standing = isVerified ? "ACTIVE" : "UNVERIFIED";
  const user = await insertUser(tx, {
    id,
    displayName,
    languages: [...languages],
    createdAt,
    standing,
  });
  await saveName(tx, user, null, createdAt);
  const verifiedAt = isVerified ? createdAt : null;
  const isStored = await insertCredential(tx, {
    userId: id,
    email,
    passwordHash,
    verifiedAt,
    language: languages[0] ?? null,
  });
  if (!isStored) throw new EmailTaken();
  await insertGrants(tx, id, FIRST_ROLES, createdAt);
  const first = standingFact({ id, standing, standingVersion: 1 });
  await addToOutbox(tx, [accountFact(user), first, profileFact(user)]);
  afterCommit(tx, () => accountsCreated.inc());
  const roles = FIRST_ROLES;
  const access = { standing, tokenVersion: 0, isVerified, roles, hasSecondFactor: false } as const;
  return { personId: id, access };
}
