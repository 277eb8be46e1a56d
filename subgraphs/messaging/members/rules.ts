// Who may come into a group and who goes. Pure: the caller has locked the group and read who is in
// it.

export interface Present {
  readonly userId: string;
  readonly role: "OWNER" | "MEMBER";
  readonly joinedSeq: number;
}

/** Those of the wanted who are not in the group yet, each once. */
export function notYetMembers(present: readonly Present[], wanted: readonly string[]): string[] {
  const inside = new Set(present.map((member) => member.userId));
  return [...new Set(wanted)].filter((userId) => !inside.has(userId));
}

/**
 * Who owns the group once somebody has left: null when an owner remains, or nobody does. Else
 * whoever has been in it longest.
 */
export function nextOwner(present: readonly Present[], leaverId: string): string | null {
  const staying = present.filter((member) => member.userId !== leaverId);
  if (staying.some((member) => member.role === "OWNER")) return null;
  const [eldest] = staying.sort(
    (a, b) => a.joinedSeq - b.joinedSeq || (a.userId < b.userId ? -1 : 1),
  );
  return eldest?.userId ?? null;
}
