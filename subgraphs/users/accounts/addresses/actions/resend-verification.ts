// Asks again for the confirmation of an address.
import { inTransaction } from "#kit/data/database";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../../context.ts";
import { listIssued } from "../../one-time/store.ts";
import { askToVerify } from "../../verifications.ts";
import { judgeResend, mailsCountSince } from "../rules.ts";
import { lockAddressOf } from "../store.ts";

const KIND = "email.verify";

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
