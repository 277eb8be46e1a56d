// Judges who may leave, when an account is erased, and when that is complete. Pure: no clock, no
// database.

/** The subgraphs that have to answer. */
export const ANSWERING = ["events", "matching", "messaging"] as const;

/** Those that have not answered. */
export function missingOf(answered: readonly string[]): string[] {
  return ANSWERING.filter((subgraph) => !answered.includes(subgraph));
}

/** One admin must remain. `adminIds` are all admins who are not leaving themselves. */
export function isLastAdmin(personId: string, adminIds: readonly string[]): boolean {
  return adminIds.length === 1 && adminIds[0] === personId;
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
