// Which invites can be made and used. Pure: the caller has locked the group.

/** The most invites of a group that can be used at one time. */
export const INVITES_MAX = 10;

export interface UsedInvite {
  readonly expiresAt: Date | null;
  readonly uses: number;
  readonly usesMax: number | null;
}

/** True while people can join by an invite. */
export function isLive({ expiresAt, uses, usesMax }: UsedInvite, now: Date): boolean {
  return (expiresAt === null || now < expiresAt) && (usesMax === null || uses < usesMax);
}
