// Who may join a group, and who owns it next. Pure: the caller has locked the group and read its
// members.
import type { Role } from "../rights.ts";

export interface Present {
  readonly userId: string;
  readonly role: Role;
  readonly joinedSeq: number;
}

/** The wanted people who are not members yet, each once. */
export function notYetMembers(present: readonly Present[], wanted: readonly string[]): string[] {
  const inside = new Set(present.map((member) => member.userId));
  return [...new Set(wanted)].filter((userId) => !inside.has(userId));
}

/** The roles in the order in which they inherit a group. */
const HEIRS: readonly Role[] = ["ADMIN", "MEMBER", "GUEST"];

/**
 * The new owner of a group after somebody left: of those with the highest role, the member who
 * joined first. Null while an owner remains, and when nobody does.
 */
export function nextOwner(present: readonly Present[], leaverId: string): string | null {
  const staying = present.filter((member) => member.userId !== leaverId);
  if (staying.some((member) => member.role === "OWNER")) return null;
  const [eldest] = staying.sort(
    (a, b) =>
      HEIRS.indexOf(a.role) - HEIRS.indexOf(b.role) ||
      a.joinedSeq - b.joinedSeq ||
      (a.userId < b.userId ? -1 : 1),
  );
  return eldest?.userId ?? null;
}
