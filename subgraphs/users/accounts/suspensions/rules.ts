// Whether a moderator may suspend or reinstate a person, and what the person is afterwards. Pure:
// no clock, no database.
import type { Role, Standing } from "../../generated/prisma/enums.ts";

export interface Judged {
  readonly viewerId: string;
  readonly viewerRoles: readonly Role[];
  readonly personId: string;
  readonly personRoles: readonly Role[];
}

export type SuspensionVerdict = "suspend" | "self" | "protected" | "lastAdmin";

/** Judges a suspension. `adminIds` are the admins whose account is in use. */
export function judgeSuspension(judged: Judged, adminIds: readonly string[]): SuspensionVerdict {
  if (judged.viewerId === judged.personId) return "self";
  if (isProtected(judged)) return "protected";
  return adminIds.length === 1 && adminIds[0] === judged.personId ? "lastAdmin" : "suspend";
}

/** Only admins may do something to moderators and admins. */
export function isProtected({ viewerRoles, personRoles }: Judged): boolean {
  const isStaff = personRoles.includes("MODERATOR") || personRoles.includes("ADMIN");
  return isStaff && !viewerRoles.includes("ADMIN");
}

/** Moderators and admins, by their roles in the database. */
export function isModerator(roles: readonly Role[]): boolean {
  return roles.includes("MODERATOR") || roles.includes("ADMIN");
}

/**
 * The standing after a suspension. A person who was leaving still is. One who has verified their
 * address meanwhile, by a link in a mail, is active.
 */
export function standingAfter(before: Standing, isVerified: boolean): Standing {
  if (before === "UNVERIFIED") return isVerified ? "ACTIVE" : "UNVERIFIED";
  return before === "SUSPENDED" ? "ACTIVE" : before;
}
