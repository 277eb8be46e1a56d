// How long a secret waits, and which roles count. Pure: no clock, no database.
import type { Role } from "../../generated/prisma/enums.ts";

/** How long a new secret waits for its first code. */
const PENDING_MS = 30 * 60_000;

/** Secrets that were made at this time or earlier can no longer be confirmed. */
export function pendingLimit(now: Date): Date {
  return new Date(now.getTime() - PENDING_MS);
}

/** The roles that count in an access token. */
export function countedRoles(
  {
    roles,
    hasSecondFactor,
  }: { readonly roles: readonly Role[]; readonly hasSecondFactor: boolean },
  requiredFor: ReadonlySet<Role>,
): readonly Role[] {
  return hasSecondFactor ? roles : roles.filter((role) => !requiredFor.has(role));
}
