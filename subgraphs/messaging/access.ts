// The policies of this subgraph, and how large a group is. rights.ts has what members may do; that
// others see nothing is part of the stores' SQL: `standing_of` for writers, membership for readers.

interface Reader {
  readonly viewer: { readonly id: string } | null;
}

/** Decides the policies of this subgraph's SDL. */
export const policies = {
  self: (person: { readonly id: string }, { viewer }: Reader) => viewer?.id === person.id,
};

/** The most members of a group. */
export const MEMBERS_MAX = 256;
