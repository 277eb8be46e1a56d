// Reads and writes when a session authenticated.
import type { Database, Transaction } from "../../database.ts";

export interface SessionOfPerson {
  readonly id: string;
  readonly userId: string;
}

export interface Authentication {
  readonly authenticatedAt: Date;
  readonly hasSecondFactor: boolean;
}

/** Null for a session that has ended. */
export async function findAuthentication(
  tx: Transaction,
  { id, userId }: SessionOfPerson,
): Promise<Authentication | null> {
  const [found] = await tx.$queryRaw<Authentication[]>`/* users.authentication.find */
    select coalesce(authenticated_at, created_at) as "authenticatedAt",
      exists (
        select from second_factor where person_id = session.user_id and enabled_at is not null
      ) as "hasSecondFactor"
    from session
    where id = ${id}::uuid and user_id = ${userId}::uuid and revoked_at is null`;
  return found ?? null;
}

/** False for a session that has ended. */
export async function renewAuthentication(
  tx: Transaction,
  session: SessionOfPerson,
  authenticatedAt: Date,
): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { ...session, revokedAt: null },
    data: { authenticatedAt },
  });
  return count > 0;
}

export async function findPasswordHash(database: Database, userId: string): Promise<string | null> {
  const found = await database.credential.findUnique({
    where: { userId },
    select: { passwordHash: true },
  });
  return found?.passwordHash ?? null;
}
