// What admins do to roles: give and take them.
import { inTransaction } from "#kit/data/database";
import { isId } from "#kit/data/id";
import { fail } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import type { Role } from "../generated/prisma/enums.ts";
import { findUser, type UserRow } from "../profiles/store.ts";
import { judgeRevocation } from "./rules.ts";
import { deleteGrant, findAdminIds, insertGrants, lockAdmins } from "./store.ts";

export interface RoleChange {
  readonly userId: string;
  readonly role: Role;
}

export type GrantOutcome =
  | { readonly kind: "granted"; readonly user: UserRow }
  | { readonly kind: "notFound" };

/** Gives a role. One that the person has already stays. */
export async function grantRole(
  context: Context,
  { userId, role }: RoleChange,
): Promise<GrantOutcome> {
  return asAdmin(context, async (tx) => {
    const user = isId(userId) ? await findUser(tx, userId) : null;
    if (!user) return { kind: "notFound" };
    await insertGrants(tx, user.id, [role], context.now());
    return { kind: "granted", user };
  });
}

export type RevokeOutcome =
  | { readonly kind: "revoked"; readonly user: UserRow }
  | { readonly kind: "lastAdmin" }
  | { readonly kind: "notFound" };

/** Takes a role. One that the person does not have stays away. */
export async function revokeRole(
  context: Context,
  { userId, role }: RoleChange,
): Promise<RevokeOutcome> {
  return asAdmin(context, async (tx, adminIds) => {
    const user = isId(userId) ? await findUser(tx, userId) : null;
    if (!user) return { kind: "notFound" };
    if (judgeRevocation(user.id, role, adminIds) === "lastAdmin") return { kind: "lastAdmin" };
    await deleteGrant(tx, user.id, role);
    return { kind: "revoked", user };
  });
}

/**
 * Runs `work` alone among all who change roles. The viewer must be an admin now, not only when
 * their token was made: else whoever lost the role could give it back to themselves for as long as
 * the token lives.
 */
async function asAdmin<Outcome>(
  context: Context,
  work: (tx: Transaction, adminIds: readonly string[]) => Promise<Outcome>,
): Promise<Outcome> {
  const viewer = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    await lockAdmins(tx);
    const adminIds = await findAdminIds(tx);
    if (!adminIds.includes(viewer.id)) throw fail("FORBIDDEN", "You are an admin no more.");
    return work(tx, adminIds);
  });
}
