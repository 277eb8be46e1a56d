// Step-up: what changes how a person signs in needs a session that authenticated a moment ago, so
// that a session left open, or its stolen token, is not enough. `reauthenticate` renews it.
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { recentUntil } from "./reauthentication/rules.ts";
import { findAuthentication } from "./reauthentication/store.ts";

/** The refusal of an action whose session authenticated too long ago. */
export interface ReauthenticationNeeded {
  readonly kind: "reauthenticate";
  readonly hasSecondFactor: boolean;
}

/**
 * Null when the viewer's session authenticated within ten minutes. An action calls it first in its
 * transaction, and returns the refusal if there is one.
 */
export async function judgeRecentAuthentication(
  tx: Transaction,
  context: Context,
): Promise<ReauthenticationNeeded | null> {
  const { id: userId, sessionId } = requireViewer(context);
  const found = await findAuthentication(tx, { id: sessionId, userId });
  if (found && recentUntil(found.authenticatedAt) > context.now()) return null;
  return { kind: "reauthenticate", hasSecondFactor: found?.hasSecondFactor ?? false };
}

/** The Problem of the refusal, for resolvers. */
export function reauthenticationProblem({ hasSecondFactor }: ReauthenticationNeeded) {
  return {
    __typename: "ReauthenticationRequiredProblem" as const,
    reason: "Confirm that it is you: you signed in too long ago for this.",
    hasSecondFactor,
  };
}
