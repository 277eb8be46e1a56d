// Lets a session authenticate again.
import { inTransaction } from "#kit/data/database";
import { fail } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { normalPassword } from "../new-passwords.ts";
import { recentUntil } from "./rules.ts";
import { findPasswordHash, renewAuthentication } from "./store.ts";

export interface Proof {
  readonly password: string;
  readonly code: string | null;
}

export type ReauthenticateOutcome =
  | { readonly kind: "authenticated"; readonly expiresAt: Date }
  | { readonly kind: "wrongPassword" };

/** Renews when the viewer's session authenticated, if the proof is right. */
export async function reauthenticate(
  context: Context,
  { password }: Proof,
): Promise<ReauthenticateOutcome> {
  const { id: userId, sessionId } = requireViewer(context);
  const stored = await findPasswordHash(context.database, userId);
  const isMatch = await context.passwords.matches(normalPassword(password), stored);
  if (!isMatch) return { kind: "wrongPassword" };
  const now = context.now();
  return inTransaction(context.database, async (tx) => {
    const isOpen = await renewAuthentication(tx, { id: sessionId, userId }, now);
    if (!isOpen) throw fail("UNAUTHENTICATED", "The session has ended. Sign in again.");
    return { kind: "authenticated", expiresAt: recentUntil(now) };
  });
}
