// Gives an account another address, once it is confirmed.
import { inTransaction } from "#kit/data/database";
import { invariant } from "#kit/invariant";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../../context.ts";
import type { Transaction } from "../../../database.ts";
import { lockAccount } from "../../account-locks.ts";
import { applyChange, askToChange } from "../../address-changes.ts";
import { normalEmail } from "../../addresses.ts";
import { endOnce, listIssued } from "../../one-time/store.ts";
import {
  judgeRecentAuthentication,
  type ReauthenticationNeeded,
} from "../../recent-authentication.ts";
import { askToVerify } from "../../verifications.ts";
import { judgeChangeMail, mailsCountSince } from "../rules.ts";
import { setAddress } from "../store.ts";

export type ChangeOutcome =
  | { readonly kind: "asked"; readonly newEmail: string; readonly isPending: boolean }
  | { readonly kind: "unchanged" | "taken" }
  | { readonly kind: "limited"; readonly retryAfterMs: number }
  | ReauthenticationNeeded;

/**
 * Asks at the new address. An account that owns its address keeps it until the answer; one that
 * only claims it claims the new one at once. Nobody learns whether the new one has an owner, but
 * where addresses need no confirmation.
 */
export async function changeEmail(context: Context, given: string): Promise<ChangeOutcome> {
  const { id: personId } = requireViewer(context);
  const to = normalEmail(given);
  return inTransaction(context.database, async (tx): Promise<ChangeOutcome> => {
    const needed = await judgeRecentAuthentication(tx, context);
    if (needed) return needed;
    const { address } = await lockAccount(tx, personId);
    invariant(address, "a session belongs to nobody", { personId });
    if (address.email === to) return { kind: "unchanged" };
    if (context.emailVerification === "off" && address.verifiedAt) {
      const verdict = await applyChange(tx, context, personId, { from: address.email, to });
      if (verdict !== "changed") return { kind: "taken" };
      return { kind: "asked", newEmail: to, isPending: false };
    }
    const kind = address.verifiedAt ? "email.change" : "email.verify";
    const now = context.now();
    const sentAt = await listIssued(tx, { personId, kind }, mailsCountSince(now));
    const verdict = judgeChangeMail(sentAt, now);
    if (verdict.kind === "limited") return verdict;
    if (!address.verifiedAt) await claimInstead(tx, context, personId, to);
    else await askToChange(tx, context, personId, { from: address.email, to });
    return { kind: "asked", newEmail: to, isPending: address.verifiedAt !== null };
  });
}

/** Links and codes of the address that was claimed before stop working. */
async function claimInstead(
  tx: Transaction,
  context: Context,
  personId: string,
  email: string,
): Promise<void> {
  await setAddress(tx, personId, { email, verifiedAt: null });
  await endOnce(tx, personId, "email.verify", context.now());
  await askToVerify(tx, context, { personId, email });
}
