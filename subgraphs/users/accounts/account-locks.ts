// The one order in which a transaction locks what belongs to an account: the standing, its address,
// then rows of one_time (links and codes). Another order could end in a deadlock.
import type { Transaction } from "../database.ts";
import { type AccountAddress, lockAddressOf } from "./addresses/store.ts";
import { lockStanding, type StoredStanding } from "./standing/store.ts";

/** An account, locked until the transaction ends. Both null for nobody. */
export interface LockedAccount {
  readonly standing: StoredStanding | null;
  readonly address: AccountAddress | null;
}

/** Locks an account: before its links and codes, which may be used only behind it. */
export async function lockAccount(tx: Transaction, personId: string): Promise<LockedAccount> {
  const standing = await lockStanding(tx, personId);
  return { standing, address: await lockAddressOf(tx, personId) };
}
