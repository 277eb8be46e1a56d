// The relation of a reader to a person. The SDL says which fields require which relation.
import type { Viewer } from "#kit/trust/identity";

/** The reader; `viewer` is null for an anonymous request and for an audience. */
interface Reader {
  readonly viewer: Viewer | null;
}

/** The person who is read; `isOwn` when this request has just signed them in. */
export interface Subject {
  readonly id: string;
  readonly isOwn?: boolean;
}

const ADMIN_SCOPE = "admin";

/** Admins find everyone, even people who block them. */
export function findsEverybody(viewer: Viewer): boolean {
  return isAdmin(viewer);
}

function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.scopes.includes(ADMIN_SCOPE) ?? false;
}

/** Decides the policies of this subgraph's SDL. */
export const policies = {
  self: (person: Subject, { viewer }: Reader) => person.isOwn === true || viewer?.id === person.id,
  admin: (_person: Subject, { viewer }: Reader) => isAdmin(viewer),
};
