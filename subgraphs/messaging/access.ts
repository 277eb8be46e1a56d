// Who may do what in a conversation. That it exists only for those who are in it is a condition of
// the stores' own statements: by the database function `standing_of` for whoever writes, by
// membership for whoever reads.

interface Reader {
  readonly viewer: { readonly id: string } | null;
}

/** Decides the policies that the SDL of this subgraph names. */
export const policies = {
  self: (person: { readonly id: string }, { viewer }: Reader) => viewer?.id === person.id,
};

/** Its owners bring people into a group and put them out. */
export function canManage(member: { readonly role: "OWNER" | "MEMBER" }): boolean {
  return member.role === "OWNER";
}

/** How many people a group may have. */
export const MEMBERS_MAX = 256;
