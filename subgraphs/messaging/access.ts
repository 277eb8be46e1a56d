// Who may do what in a conversation. Its visibility to members only is part of the stores' SQL: the
// database function `standing_of` for writers, membership for readers.

interface Reader {
  readonly viewer: { readonly id: string } | null;
}

/** Decides the policies of this subgraph's SDL. */
export const policies = {
  self: (person: { readonly id: string }, { viewer }: Reader) => viewer?.id === person.id,
};

/** Owners add members to a group and remove them. */
export function canManage(member: { readonly role: "OWNER" | "MEMBER" }): boolean {
  return member.role === "OWNER";
}

/** The most members of a group. */
export const MEMBERS_MAX = 256;
