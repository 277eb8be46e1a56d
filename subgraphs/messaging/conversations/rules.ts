// Who is a member of a new conversation. Pure.

/** The two people of a direct conversation, in an order that does not depend on who opens it. */
export function pairOf(one: string, other: string): { pairLow: string; pairHigh: string } {
  return one < other ? { pairLow: one, pairHigh: other } : { pairLow: other, pairHigh: one };
}

export interface FirstMember {
  readonly userId: string;
  readonly role: "OWNER" | "MEMBER";
  /** The conversation is in their lists from its first message on. */
  readonly isHidden?: boolean;
}

/** The members of a new group, each once; its maker is the owner. */
export function firstMembersOf(ownerId: string, memberIds: readonly string[]): FirstMember[] {
  const others = new Set(memberIds);
  others.delete(ownerId);
  return [
    { userId: ownerId, role: "OWNER" },
    ...[...others].map((userId): FirstMember => ({ userId, role: "MEMBER" })),
  ];
}
