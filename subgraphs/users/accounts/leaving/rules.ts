// Judges who may leave, when an account is erased, and when that is complete. Pure: no clock, no
// database.
import type { Standing } from "../../generated/prisma/enums.ts";

/** The subgraphs that have to answer. */
export const ANSWERING = ["events", "matching", "messaging"] as const;

/** Those that have not answered. */
export function missingOf(answered: readonly string[]): string[] {
  return ANSWERING.filter((subgraph) => !answered.includes(subgraph));
}

export interface Deletion {
  readonly personId: string;
  /** Null when there is no such person. */
  readonly standing: Standing | null;
  /** Of somebody who is leaving already. */
  readonly leavesAt: Date | null;
  /** All admins whose accounts are in use. */
  readonly adminIds: readonly string[];
}

export type DeletionVerdict =
  | { readonly kind: "leave"; readonly standingBefore: Standing }
  | { readonly kind: "leaving"; readonly leavesAt: Date }
  | { readonly kind: "lastAdmin" }
  | { readonly kind: "signedOut" };

/** Whether a person may begin to leave. One admin must remain. */
export function judgeDeletion({
  personId,
  standing,
  leavesAt,
  adminIds,
}: Deletion): DeletionVerdict {
  if (standing === null || standing === "SUSPENDED") return { kind: "signedOut" };
  if (leavesAt) return { kind: "leaving", leavesAt };
  if (adminIds.length === 1 && adminIds[0] === personId) return { kind: "lastAdmin" };
  return { kind: "leave", standingBefore: standing };
}

interface Due {
  readonly erasureId: string;
  readonly leavesAt: Date;
  readonly standing: string;
}

/**
 * Whether the erasure of a person is due; `leaving` is null for somebody who came back. A person
 * who was suspended while leaving is erased too; one who is active again by other ways is not.
 */
export function isDue(leaving: Due | null, erasureId: string, now: Date): boolean {
  if (leaving === null || leaving.erasureId !== erasureId || leaving.leavesAt > now) return false;
  return leaving.standing === "LEAVING" || leaving.standing === "SUSPENDED";
}
