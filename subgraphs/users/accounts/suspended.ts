// The explanation of a suspension: for the person when they sign in, and for moderators.
import type { Sealing } from "#kit/trust/sealing";
import type { Transaction } from "../database.ts";
import { findSuspensions, type OpenSuspension, type SuspensionRow } from "./suspensions/store.ts";

export const REASON_PURPOSE = "suspension.reason";

/** Opens the sealed reason of a suspension. */
export function unsealed(sealing: Sealing, row: OpenSuspension): SuspensionRow {
  const { personId, wrapped, sealedReason, suspendedAt, suspendedBy } = row;
  const reason = sealing.of(personId, wrapped).open(REASON_PURPOSE, sealedReason);
  return { reason, suspendedAt, suspendedBy };
}

/** The outcome of a sign-in of a suspended person who has shown that the account is theirs. */
export interface AccountSuspended {
  readonly kind: "suspended";
  readonly suspendedAt: Date;
  /** The moderator's words. */
  readonly explanation: string;
}

/** Null for a person who is not suspended. */
export async function explainSuspension(
  tx: Transaction,
  { sealing }: { readonly sealing: Sealing },
  personId: string,
): Promise<AccountSuspended | null> {
  const [row] = await findSuspensions(tx, [personId]);
  if (!row) return null;
  const { reason: explanation, suspendedAt } = unsealed(sealing, row);
  return { kind: "suspended", suspendedAt, explanation };
}

/** The problem of that outcome. */
export function accountSuspended({ suspendedAt, explanation }: AccountSuspended) {
  const reason = "This account is suspended.";
  return { __typename: "AccountSuspendedProblem", reason, suspendedAt, explanation } as const;
}
