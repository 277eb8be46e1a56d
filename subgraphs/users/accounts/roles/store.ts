// Reads and writes people's roles.
import type { Database, Transaction } from "../../database.ts";
import type { Role } from "../../generated/prisma/enums.ts";

/** The roles of people, by person, in one statement. People without roles are missing. */
export async function findRoles(
  database: Database | Transaction,
  userIds: readonly string[],
): Promise<Map<string, Role[]>> {
  const grants = await database.roleGrant.findMany({
    where: { userId: { in: [...userIds] } },
    orderBy: { role: "asc" },
    select: { userId: true, role: true },
  });
  const roles = new Map<string, Role[]>();
  for (const { userId, role } of grants) {
    const known = roles.get(userId);
    if (known) known.push(role);
    else roles.set(userId, [role]);
  }
  return roles;
}

/** Inserts roles; those that the person has already stay. Returns how many are new. */
export async function insertGrants(
  database: Database | Transaction,
  userId: string,
  roles: readonly Role[],
  createdAt: Date,
): Promise<number> {
  const { count } = await database.roleGrant.createMany({
    data: roles.map((role) => ({ userId, role, createdAt })),
    skipDuplicates: true,
  });
  return count;
}

/** False when the person did not have the role. */
export async function deleteGrant(tx: Transaction, userId: string, role: Role): Promise<boolean> {
  const { count } = await tx.roleGrant.deleteMany({ where: { userId, role } });
  return count > 0;
}

/** Locks changes of roles by others until this transaction ends. */
export async function lockAdmins(tx: Transaction): Promise<void> {
  await tx.$queryRaw`/* users.admins.lock */
    select user_id from role_grant where role = 'ADMIN' order by user_id for update`;
}

/**
 * All admins whose account is in use. Must be a statement after the lock: one for both would read
 * from before its wait.
 */
export async function findAdminIds(tx: Transaction): Promise<string[]> {
  const grants = await tx.roleGrant.findMany({
    where: { role: "ADMIN", user: { standing: { notIn: ["SUSPENDED", "LEAVING"] } } },
    select: { userId: true },
  });
  return grants.map(({ userId }) => userId);
}
