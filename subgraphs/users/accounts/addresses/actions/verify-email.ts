// Confirms addresses, by the link or the code of a mail: that of a new account, and a new one.
import { inTransaction } from "#kit/data/database";
import { untilPublished } from "#kit/facts/published";
import { invariant } from "#kit/invariant";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../../context.ts";
import type { Transaction } from "../../../database.ts";
import { lockAccount } from "../../account-locks.ts";
import { applyChange, changeIn, openChange } from "../../address-changes.ts";
import { countAttempt, forgiveAttempt, type TooManyAttempts } from "../../attempts.ts";
import { findOnce, findUsedOnce, useCode, useOnce } from "../../once.ts";
import { findLastUsed, type UsedOnce } from "../../one-time/store.ts";
import { ownClaimed } from "../../owning.ts";
import { findAddressOf, findPendingChanges, hasOwner, lockAddressOf } from "../store.ts";

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
    const used = await useLocked(tx, context, CLAIM, token);
    if (used) return confirm(tx, context, used.personId);
    const change = await useLocked(tx, context, CHANGE, token);
    if (change) return confirmChange(tx, context, change);
    const claim = await findUsedOnce(tx, CLAIM, token);
    if (claim) return settled(tx, claim.personId);
    return settledChange(tx, context, await findUsedOnce(tx, CHANGE, token));
  });
  return published(context, verdict);
}

/** Uses a link behind the lock of its account, as a code is used. Null when it does not work. */
async function useLocked(
  tx: Transaction,
  context: Context,
  kind: typeof CLAIM | typeof CHANGE,
  token: string,
): Promise<UsedOnce | null> {
  const found = await findOnce(tx, context, kind, token);
  if (!found) return null;
  await lockAccount(tx, found.personId);
  return useOnce(tx, context, kind, token);
}

export type VerifyCodeVerdict =
  | VerifyVerdict
  | { readonly kind: "wrong"; readonly attemptsLeft: number };

/**
 * Confirms by a code: the address that the viewer claims, or the new one that they want. Guesses
 * count by address too: many accounts can claim one, and each has a code.
 */
export async function verifyEmailByCode(
  context: Context,
  code: string,
): Promise<VerifyCodeVerdict | TooManyAttempts> {
  const { id: personId } = requireViewer(context);
  const email = await addressInQuestion(context, personId);
  const attempt = await countAttempt(context, { kind: "email-code", of: { email } });
  if (attempt.kind === "tooManyAttempts") return attempt;
  const verdict = await inTransaction(context.database, (tx) =>
    tryCode(tx, context, { personId, code }),
  );
  if (verdict.kind === "verified") await forgiveAttempt(context, attempt);
  return published(context, verdict);
}

/** The address that a code of the person would confirm. */
async function addressInQuestion(context: Context, personId: string): Promise<string> {
  const { database, sealing } = context;
  const address = await findAddressOf(database, personId);
  invariant(address, "a session belongs to nobody", { personId });
  if (!address.verifiedAt) return address.email;
  const pending = (await findPendingChanges(database, [personId], context.now())).get(personId);
  return pending ? changeIn(sealing, pending).to : address.email;
}

async function tryCode(
  tx: Transaction,
  context: Context,
  { personId, code }: { readonly personId: string; readonly code: string },
): Promise<VerifyCodeVerdict> {
  const { address } = await lockAccount(tx, personId);
  const kind = address?.verifiedAt ? CHANGE : CLAIM;
  const tried = await useCode(tx, context, { kind, personId, code });
  switch (tried.kind) {
    case "used":
      return kind === CLAIM
        ? confirm(tx, context, personId)
        : confirmChange(tx, context, tried.once);
    case "wrong":
      return tried;
    case "none": {
      const last = kind === CHANGE ? await findLastUsed(tx, personId, CHANGE) : null;
      return last ? settledChange(tx, context, last) : settled(tx, personId);
    }
  }
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

/** The meaning of a link or a code of a change that was confirmed, replaced or cancelled. */
async function settledChange(
  tx: Transaction,
  context: Context,
  once: UsedOnce | null,
): Promise<VerifyVerdict> {
  if (!once) return INVALID;
  const { to } = await openChange(tx, context, CHANGE, once);
  const address = await lockAddressOf(tx, once.personId);
  if (!address?.verifiedAt || address.email !== to) return INVALID;
  return { kind: "verified", userId: once.personId, isNewlyVerified: false };
}

/** The meaning of a link or a code that does not work any more. */
async function settled(tx: Transaction, personId: string): Promise<VerifyVerdict> {
  const address = await lockAddressOf(tx, personId);
  if (address?.verifiedAt) return { kind: "verified", userId: personId, isNewlyVerified: false };
  if (address && (await hasOwner(tx, address.email))) return { kind: "owned" };
  return { kind: "invalid" };
}
