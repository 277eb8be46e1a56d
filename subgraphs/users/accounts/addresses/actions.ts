// Confirms addresses, and asks again for their confirmation.
import { inTransaction } from "#kit/data/database";
import { untilPublished } from "#kit/facts/published";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { useCode, usedBy, useOnce } from "../once.ts";
import { listIssued } from "../one-time/store.ts";
import { ownClaimed } from "../owning.ts";
import { askToVerify } from "../verifications.ts";
import { judgeResend, mailsCountSince } from "./rules.ts";
import { hasOwner, lockAddressOf } from "./store.ts";

const KIND = "email.verify";
const INVALID = { kind: "invalid" } as const;

/** `owned`: another account has the address. Not `isNewlyVerified`: nothing has changed. */
export type VerifyVerdict =
  | { readonly kind: "verified"; readonly userId: string; readonly isNewlyVerified: boolean }
  | { readonly kind: "owned" }
  | { readonly kind: "invalid" };

/** Confirms an address by a link. The same link again finds it confirmed. */
export async function verifyEmail(context: Context, token: string): Promise<VerifyVerdict> {
  const verdict = await inTransaction(context.database, async (tx) => {
    const used = await useOnce(tx, context, KIND, token);
    if (used) return confirm(tx, context, used.personId);
    const personId = await usedBy(tx, KIND, token);
    return personId ? settled(tx, personId) : INVALID;
  });
  return published(context, verdict);
}

export type VerifyCodeVerdict =
  | VerifyVerdict
  | { readonly kind: "wrong"; readonly attemptsLeft: number };

/** Confirms the viewer's address by a code. */
export async function verifyEmailByCode(
  context: Context,
  code: string,
): Promise<VerifyCodeVerdict> {
  const { id: personId } = requireViewer(context);
  const verdict = await inTransaction(context.database, async (tx) => {
    const tried = await useCode(tx, context, { kind: KIND, personId, code });
    if (tried.kind === "used") return confirm(tx, context, personId);
    const state = await settled(tx, personId);
    return state.kind === "invalid" && tried.kind === "wrong" ? tried : state;
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

/** What a link or a code means that does not work any more. */
async function settled(tx: Transaction, personId: string): Promise<VerifyVerdict> {
  const address = await lockAddressOf(tx, personId);
  if (address?.verifiedAt) return { kind: "verified", userId: personId, isNewlyVerified: false };
  if (address && (await hasOwner(tx, address.email))) return { kind: "owned" };
  return { kind: "invalid" };
}

export type ResendOutcome =
  | { readonly kind: "sent"; readonly retryAfterMs: number }
  | { readonly kind: "limited"; readonly retryAfterMs: number }
  | { readonly kind: "verified" };

/** Sends a new link and a new code to the viewer. */
export async function resendVerification(context: Context): Promise<ResendOutcome> {
  const { id: personId } = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    const address = await lockAddressOf(tx, personId);
    if (!address || address.verifiedAt) return { kind: "verified" };
    const now = context.now();
    const sentAt = await listIssued(tx, { personId, kind: KIND }, mailsCountSince(now));
    const verdict = judgeResend(sentAt, now);
    if (verdict.kind === "limited") return verdict;
    await askToVerify(tx, context, { personId, email: address.email });
    return { kind: "sent", retryAfterMs: verdict.retryAfterMs };
  });
}
