// Ids of people as users of the graph, whose fields other subgraphs resolve.

export interface UserReference {
  readonly __typename: "User";
  readonly id: string;
}

export function userOf(id: string): UserReference {
  return { __typename: "User", id };
}

/** The person who acted; null for nobody. */
export function actorOf({ actorId }: { readonly actorId: string | null }): UserReference | null {
  return actorId === null ? null : userOf(actorId);
}

/** Of a change of members, as many people are named. */
const NAMED_MAX = 3;

/** A change of members, as an entry of the log tells it. */
export interface ToldChange {
  readonly actorId: string | null;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The fields of a change of members that are the same wherever it is shown. */
export const CHANGE_OF_MEMBERS = {
  actor: actorOf,
  addedUsers: ({ added }: ToldChange) => added.slice(0, NAMED_MAX).map(userOf),
  addedCount: ({ added }: ToldChange) => added.length,
  removedUsers: ({ removed }: ToldChange) => removed.slice(0, NAMED_MAX).map(userOf),
  removedCount: ({ removed }: ToldChange) => removed.length,
  isLeaving: ({ removed, actorId }: ToldChange) =>
    removed.length > 0 && removed.every((id) => actorId === null || id === actorId),
};
