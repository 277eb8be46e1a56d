// Step-up: what changes how a person signs in needs a session that authenticated a moment ago, so
// that a session left open, or its stolen token, is not enough. `reauthenticate` renews it.
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import {
  judgeAuthentication,
  judgeWithPassword,
  type ReauthenticationNeeded,
} from "./reauthentication/rules.ts";
import { findAuthentication } from "./reauthentication/store.ts";

export type { ReauthenticationNeeded };

/**
 * Null when the viewer's session authenticated within ten minutes. An action calls it first in its
 * transaction, and returns the refusal if there is one.
 */
export async function judgeRecentAuthentication(
  tx: Transaction,
  context: Context,
): Promise<ReauthenticationNeeded | null> {
  return judgeAuthentication(await findOfViewer(tx, context), context.now());
}

/** The same for an action that asks for the password itself. */
export async function judgeBesidePassword(
  tx: Transaction,
  context: Context,
): Promise<ReauthenticationNeeded | null> {
  return judgeWithPassword(await findOfViewer(tx, context), context.now());
}

function findOfViewer(tx: Transaction, context: Context) {
  const { id: userId, sessionId } = requireViewer(context);
  return findAuthentication(tx, { id: sessionId, userId });
}

/** The Problem of the refusal, for resolvers. */
export function reauthenticationProblem({ hasSecondFactor }: ReauthenticationNeeded) {
  return {
    __typename: "ReauthenticationRequiredProblem" as const,
    reason: "Confirm that it is you: you signed in too long ago for this.",
    hasSecondFactor,
  };
}
