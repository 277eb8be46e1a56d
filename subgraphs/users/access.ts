// The relation of a reader to a person. The SDL says which fields require which relation.
import type { Viewer } from "#kit/trust/identity";
import type { Standing } from "./generated/prisma/enums.ts";

/** The reader; both are null for an anonymous request and for an audience. */
interface Reader {
  /** Null for a restricted person, too. */
  readonly viewer: Viewer | null;
  readonly signedIn: Viewer | null;
}

/**
 * The person who is read; `isOwn` when this request has just signed them in. Then `leavesAt` is
 * null unless they are leaving, and `isSecondFactorMissing` is known.
 */
export interface Subject {
  readonly id: string;
  readonly isOwn?: boolean;
  readonly leavesAt?: null;
  readonly isSecondFactorMissing?: boolean;
}

const ADMIN_SCOPE = "admin";
const MODERATOR_SCOPE = "moderation:write";

/** Admins find everyone, even people who block them. */
export function findsEverybody(viewer: Viewer): boolean {
  return isAdmin(viewer);
}

/**
 * The standings of people whom the viewer finds in lists; null for all. Moderators find whom they
 * suspended.
 */
export function standingsFor(viewer: Viewer): readonly Standing[] | null {
  if (isAdmin(viewer)) return null;
  return viewer.scopes.includes(MODERATOR_SCOPE) ? ["ACTIVE", "SUSPENDED"] : ["ACTIVE"];
}

/** Admins may do everything. */
export function isAdmin(viewer: Viewer | null): boolean {
  return viewer?.scopes.includes(ADMIN_SCOPE) ?? false;
}

/** Decides the policies of this subgraph's SDL. */
export const policies = {
  self: (person: Subject, { signedIn }: Reader) =>
    person.isOwn === true || signedIn?.id === person.id,
  admin: (_person: Subject, { viewer }: Reader) => isAdmin(viewer),
};
