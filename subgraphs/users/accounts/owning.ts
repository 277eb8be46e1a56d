// Makes an account own the address that it claims, and tells others that the person may do more.
import type { Database, Transaction } from "../database.ts";
import { lockAccount } from "./account-locks.ts";
import { type Holder, listHolders, lockEmail, ownAddress } from "./addresses/store.ts";
import { addScopeToTokens } from "./issued-tokens.ts";
import { endOnce } from "./one-time/store.ts";
import { VERIFIED_SCOPE } from "./roles/rules.ts";
import { changeStanding } from "./standings.ts";

/** `owned`: another account owns the address. `nobody`: the account is gone. */
export type Owning = "owns" | "owned already" | "owned by another" | "nobody";

/**
 * Gives an address to the account that claims it, unless another one was first. Links and codes
 * that the account has for it stop working.
 */
export async function ownClaimed(tx: Transaction, personId: string, now: Date): Promise<Owning> {
  const { standing: before, address } = await lockAccount(tx, personId);
  if (!before || !address) return "nobody";
  if (address.verifiedAt) return "owned already";
  await lockEmail(tx, address.email);
  if (!(await ownAddress(tx, personId, now))) return "owned by another";
  await endOnce(tx, personId, "email.verify", now);
  if (before.standing === "UNVERIFIED") await changeStanding(tx, personId, "ACTIVE");
  // Somebody who leaves has no scopes at all.
  if (before.standing !== "LEAVING") {
    await addScopeToTokens(tx, personId, VERIFIED_SCOPE, now);
  }
  return "owns";
}

/** The accounts of a normalized address: its owner, if there is one, and those that claim it. */
export async function holdersOf(
  database: Database | Transaction,
  email: string,
): Promise<readonly Holder[]> {
  return listHolders(database, email);
}
