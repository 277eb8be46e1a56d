// How who asks is related to a person. The SDL says which fields demand what of it.
import type { Viewer } from "#kit/trust/identity";

/** Whoever asks; nobody in person when `viewer` is null. */
interface Reader {
  readonly viewer: Viewer | null;
}

/** The person who is read; `isOwn` when this very request proved to come from them. */
export interface Subject {
  readonly id: string;
  readonly isOwn?: boolean;
}

const ADMIN_SCOPE = "admin";

/** Admins find everybody, also who blocks them: nobody hides from them. */
export function findsEverybody(viewer: Viewer): boolean {
  return isAdmin(viewer);
}

function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.scopes.includes(ADMIN_SCOPE) ?? false;
}

/** Decides the policies that the SDL of this subgraph names. */
export const policies = {
  self: (person: Subject, { viewer }: Reader) => person.isOwn === true || viewer?.id === person.id,
  admin: (_person: Subject, { viewer }: Reader) => isAdmin(viewer),
};
