// Lets a session authenticate again.
import { inTransaction } from "#kit/data/database";
import { fail } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { countAttempt, forgiveAttempt, type TooManyAttempts } from "../attempts.ts";
import { normalPassword } from "../new-passwords.ts";
import { useFactorCode } from "../second-factors.ts";
import { recentUntil } from "./rules.ts";
import { findPasswordHash, renewAuthentication } from "./store.ts";

export interface Proof {
  readonly password: string;
  readonly code: string | null;
}

export type ReauthenticateOutcome =
  | { readonly kind: "authenticated"; readonly expiresAt: Date }
  | { readonly kind: "wrongPassword" }
  | { readonly kind: "wrongCode" }
  | TooManyAttempts;

/**
 * Renews when the viewer's session authenticated, if the proof is right. A code is looked at, and
 * used up, only behind the right password.
 */
export async function reauthenticate(
  context: Context,
  { password, code }: Proof,
): Promise<ReauthenticateOutcome> {
  const { id: userId, sessionId } = requireViewer(context);
  // Of this session: another one, even of a thief, cannot use it up.
  const attempt = await countAttempt(context, { kind: "reauthenticate", of: { sessionId } });
  if (attempt.kind === "tooManyAttempts") return attempt;
  const stored = await findPasswordHash(context.database, userId);
  const isMatch = await context.passwords.matches(normalPassword(password), stored);
  if (!isMatch) return { kind: "wrongPassword" };
  const now = context.now();
  const outcome = await inTransaction(
    context.database,
    async (tx): Promise<ReauthenticateOutcome> => {
      const verdict = await useFactorCode(tx, context, userId, code ?? "");
      if (verdict === "wrong") return { kind: "wrongCode" };
      const isOpen = await renewAuthentication(tx, { id: sessionId, userId }, now);
      if (!isOpen) throw fail("UNAUTHENTICATED", "The session has ended. Sign in again.");
      return { kind: "authenticated", expiresAt: recentUntil(now) };
    },
  );
  if (outcome.kind === "authenticated") await forgiveAttempt(context, attempt);
  return outcome;
}
