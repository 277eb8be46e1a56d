// Who is in a new conversation. Pure.

/** The two people of a direct conversation in the order that both ways of opening it share. */
export function pairOf(one: string, other: string): { pairLow: string; pairHigh: string } {
  return one < other ? { pairLow: one, pairHigh: other } : { pairLow: other, pairHigh: one };
}

export interface FirstMember {
  readonly userId: string;
  readonly role: "OWNER" | "MEMBER";
}

/** The people of a new group, each once: who makes it owns it. */
export function firstMembersOf(ownerId: string, memberIds: readonly string[]): FirstMember[] {
  const others = new Set(memberIds);
  others.delete(ownerId);
  return [
    { userId: ownerId, role: "OWNER" },
    ...[...others].map((userId): FirstMember => ({ userId, role: "MEMBER" })),
  ];
}
