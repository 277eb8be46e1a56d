// The scopes of each role, and whether a role may be revoked. Pure: no clock, no database.
import type { EmailVerification } from "../../email-verification.ts";
import type { Role, Standing } from "../../generated/prisma/enums.ts";

const USER_SCOPES = ["profile:write", "registrations:write", "messages:write"] as const;
const ORGANIZER_SCOPES = ["events:write"] as const;
const MODERATOR_SCOPES = ["moderation:write"] as const;

/** The scopes that each role adds to an access token. */
const SCOPES = {
  USER: USER_SCOPES,
  ORGANIZER: ORGANIZER_SCOPES,
  MODERATOR: MODERATOR_SCOPES,
  ADMIN: [...USER_SCOPES, ...ORGANIZER_SCOPES, ...MODERATOR_SCOPES, "admin"],
} as const satisfies Record<Role, readonly string[]>;

export const ROLES = Object.keys(SCOPES) as readonly Role[];

export type Scope = (typeof SCOPES)[Role][number];

/** The scopes of all these roles, each once. */
export function scopesOf(roles: readonly Role[]): Scope[] {
  return [...new Set(roles.flatMap((role): readonly Scope[] => SCOPES[role]))];
}

/** The scope of whoever proved that their address is theirs: they may reach others. */
export const VERIFIED_SCOPE = "verified";

/** Whether somebody may do only what the SDL marks with `@whileRestricted`: to come back. */
export function isRestricted(standing: Standing): boolean {
  return standing === "LEAVING" || standing === "SUSPENDED";
}

/** The scopes of an access token. */
export function scopesOfAccess(
  access: {
    readonly roles: readonly Role[];
    readonly standing: Standing;
    readonly isVerified: boolean;
  },
  emailVerification: EmailVerification = "required",
): string[] {
  if (isRestricted(access.standing)) return [];
  const isVerified = access.isVerified || emailVerification === "off";
  return [...scopesOf(access.roles), ...(isVerified ? [VERIFIED_SCOPE] : [])];
}

export type RevocationVerdict = "revoke" | "lastAdmin";

/** One admin must remain, to grant roles. `adminIds` are all admins. */
export function judgeRevocation(
  userId: string,
  role: Role,
  adminIds: readonly string[],
): RevocationVerdict {
  const isLastAdmin = adminIds.length === 1 && adminIds[0] === userId;
  return role === "ADMIN" && isLastAdmin ? "lastAdmin" : "revoke";
}
