// Confirms addresses, by the link or the code of a mail: that of a new account, and a new one.
import { inTransaction } from "#kit/data/database";
import { untilPublished } from "#kit/facts/published";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../../context.ts";
import type { Transaction } from "../../../database.ts";
import { applyChange, openChange } from "../../address-changes.ts";
import { useCode, usedBy, useOnce } from "../../once.ts";
import type { UsedOnce } from "../../one-time/store.ts";
import { ownClaimed } from "../../owning.ts";
import { hasOwner, lockAddressOf } from "../store.ts";

const CLAIM = "email.verify";
const CHANGE = "email.change";
const INVALID = { kind: "invalid" } as const;

/** `owned`: another account has the address. Not `isNewlyVerified`: nothing has changed. */
export type VerifyVerdict =
  | { readonly kind: "verified"; readonly userId: string; readonly isNewlyVerified: boolean }
  | { readonly kind: "owned" }
  | { readonly kind: "invalid" };

/** Confirms an address by a link. The same link again finds it confirmed. */
export async function verifyEmail(context: Context, token: string): Promise<VerifyVerdict> {
  const verdict = await inTransaction(context.database, async (tx) => {
    const used = await useOnce(tx, context, CLAIM, token);
    if (used) return confirm(tx, context, used.personId);
    const change = await useOnce(tx, context, CHANGE, token);
    if (change) return confirmChange(tx, context, change);
    const personId = (await usedBy(tx, CLAIM, token)) ?? (await usedBy(tx, CHANGE, token));
    return personId ? settled(tx, personId) : INVALID;
  });
  return published(context, verdict);
}

export type VerifyCodeVerdict =
  | VerifyVerdict
  | { readonly kind: "wrong"; readonly attemptsLeft: number };

/** Confirms by a code: the address that the viewer claims, or the new one that they want. */
export async function verifyEmailByCode(
  context: Context,
  code: string,
): Promise<VerifyCodeVerdict> {
  const { id: personId } = requireViewer(context);
  const verdict = await inTransaction(context.database, async (tx) => {
    const address = await lockAddressOf(tx, personId);
    const kind = address?.verifiedAt ? CHANGE : CLAIM;
    const tried = await useCode(tx, context, { kind, personId, code });
    switch (tried.kind) {
      case "used":
        return kind === CLAIM
          ? confirm(tx, context, personId)
          : confirmChange(tx, context, tried.once);
      case "wrong":
        return tried;
      case "none":
        return settled(tx, personId);
    }
  });
  return published(context, verdict);
}

/** Waits until routers can know, so that the person's next request may do more. */
async function published<Verdict extends VerifyCodeVerdict>(
  { database, log }: Context,
  verdict: Verdict,
): Promise<Verdict> {
  if (verdict.kind === "verified" && verdict.isNewlyVerified) await untilPublished(database, log);
  return verdict;
}

/** Gives the address to the account, unless another one was first. */
async function confirm(
  tx: Transaction,
  { now }: Context,
  personId: string,
): Promise<VerifyVerdict> {
  switch (await ownClaimed(tx, personId, now())) {
    case "owns":
      return { kind: "verified", userId: personId, isNewlyVerified: true };
    case "owned already":
      return { kind: "verified", userId: personId, isNewlyVerified: false };
    case "owned by another":
      return { kind: "owned" };
    case "nobody":
      return { kind: "invalid" };
  }
}

/** Gives the account its new address, unless another account has it meanwhile. */
async function confirmChange(
  tx: Transaction,
  context: Context,
  once: UsedOnce,
): Promise<VerifyVerdict> {
  const { personId } = once;
  const change = await openChange(tx, context, CHANGE, once);
  switch (await applyChange(tx, context, personId, change)) {
    case "changed":
      return { kind: "verified", userId: personId, isNewlyVerified: true };
    case "owned":
      return { kind: "owned" };
    case "stale":
      return INVALID;
  }
}

/** What a link or a code means that does not work any more. */
async function settled(tx: Transaction, personId: string): Promise<VerifyVerdict> {
  const address = await lockAddressOf(tx, personId);
  if (address?.verifiedAt) return { kind: "verified", userId: personId, isNewlyVerified: false };
  if (address && (await hasOwner(tx, address.email))) return { kind: "owned" };
  return { kind: "invalid" };
}
