// The effect on an account that only claimed its address, when somebody proves by mail that the
// address is theirs.
//
// Anybody can sign up with the address of somebody else, wait until that person comes by mail, and
// then share their account ("pre-hijacking"). So whoever proves the address gets the account
// without anything by which its maker could come back, or keep them out: password, second factor,
// sessions and links. If the maker was the same person, they choose a password again.
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { endSessions } from "./endings.ts";
import { endAllOnce } from "./one-time/store.ts";
import { ownClaimed } from "./owning.ts";
import { findPasswordOwner, setPassword } from "./passwords/store.ts";
import { forgetFactor } from "./second-factor/store.ts";

/** `lost`: another account has become the owner meanwhile, and nothing may change. */
export type Adoption = "owned" | "adopted" | "lost";

/** Makes the address the account's own if it only claimed it. */
export async function adopt(
  tx: Transaction,
  context: Context,
  personId: string,
): Promise<Adoption> {
  // Without a lock: an address that is verified stays so.
  const owner = await findPasswordOwner(tx, personId);
  if (owner?.isVerified) return "owned";
  const now = context.now();
  switch (await ownClaimed(tx, personId, now)) {
    case "owned already":
      return "owned";
    case "owned by another":
    case "nobody":
      return "lost";
    case "owns":
      await setPassword(tx, personId, null);
      await forgetFactor(tx, personId);
      await endAllOnce(tx, personId, now);
      await endSessions(tx, { userId: personId }, now);
      return "adopted";
  }
}
