// Undoes a change of address, by the link that the former address got: whoever clicks it says that
// somebody else is in the account.
import { inTransaction } from "#kit/data/database";
import type { Context } from "../../../context.ts";
import type { Transaction } from "../../../database.ts";
import { writeTo } from "../../../mailing.ts";
import { lockAccount } from "../../account-locks.ts";
import { openChange } from "../../address-changes.ts";
import { endSessions } from "../../endings.ts";
import { issueOnce, onceHash, onceLifeMs, useOnce } from "../../once.ts";
import { endAllOnce, endLaterOnce, findToken } from "../../one-time/store.ts";
import { setPassword } from "../../passwords/store.ts";
import { deleteFactorSince } from "../../second-factor/store.ts";
import { emailChangeUndone, emailLost } from "../mails.ts";
import { hasOwner, lockEmail, setAddress } from "../store.ts";

const KIND = "email.undo";

export type UndoOutcome =
  | { readonly kind: "undone"; readonly email: string; readonly resetToken: string }
  | { readonly kind: "owned" | "invalid" };

/**
 * Gives the account the address back that it had before the change, also if there were more changes
 * since. The password and all sessions end, and so does every link but those that undo earlier
 * changes. Of many at once with one token, one succeeds.
 */
export async function undoEmailChange(context: Context, token: string): Promise<UndoOutcome> {
  const { database } = context;
  const hashed = { kind: KIND, tokenHash: onceHash(token), now: context.now() } as const;
  return inTransaction(database, async (tx): Promise<UndoOutcome> => {
    const found = await findToken(tx, hashed);
    if (!found) return { kind: "invalid" };
    const { id, personId } = found;
    const { from: email } = await openChange(tx, context, KIND, found);
    const { address } = await lockAccount(tx, personId);
    if (!address) return { kind: "invalid" };
    await lockEmail(tx, email);
    if (address.email !== email && (await hasOwner(tx, email))) return { kind: "owned" };
    if (!(await useOnce(tx, context, KIND, token))) return { kind: "invalid" };
    await setAddress(tx, personId, { email, verifiedAt: context.now() });
    const { resetToken, isFactorRemoved } = await lockOut(tx, context, { id, personId });
    const told = { personId, params: { isFactorRemoved }, key: `undone:${id}`, to: email };
    await writeTo(tx, context, emailChangeUndone, told);
    if (address.email !== email) {
      const lost = { personId, params: {}, key: `lost:${id}`, to: address.email };
      await writeTo(tx, context, emailLost, lost);
    }
    return { kind: "undone", email, resetToken };
  });
}

const OTHERS = [
  "email.change",
  "email.verify",
  "password.reset",
  "magic-link",
  "second-factor",
] as const;

interface LockedOut {
  /** With it the owner sets a password. */
  readonly resetToken: string;
  readonly isFactorRemoved: boolean;
}

/**
 * Ends what the intruder may have. Whoever takes an account over adds a second factor before or
 * after the change of address; one from long before is the owner's.
 */
async function lockOut(
  tx: Transaction,
  context: Context,
  { id, personId }: { readonly id: string; readonly personId: string },
): Promise<LockedOut> {
  const now = context.now();
  await endLaterOnce(tx, { personId, kind: KIND, id, now });
  await endAllOnce(tx, personId, now, OTHERS);
  await setPassword(tx, personId, null);
  const since = { onceId: id, beforeMs: onceLifeMs(KIND) };
  const isFactorRemoved = await deleteFactorSince(tx, personId, since);
  await endSessions(tx, { userId: personId }, now);
  const { token: resetToken } = await issueOnce(tx, context, { kind: "password.reset", personId });
  return { resetToken, isFactorRemoved };
}
